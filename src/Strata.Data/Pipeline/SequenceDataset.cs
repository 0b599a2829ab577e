namespace Strata.Data;

/// <summary>A .NET sequence as a data set. A place in it is reached by leaving elements out.</summary>
sealed class SequenceDataset<T>(Func<long, IEnumerable<T>> sequence) : Dataset<T>
{
    public override long? Count => sequence(0).TryGetNonEnumeratedCount(out var count) ? count : null;

    protected internal override IEnumerable<T> Enumerate(long epoch, long start)
    {
        foreach (var element in sequence(epoch))
            if (start-- <= 0) yield return element;
    }
}
