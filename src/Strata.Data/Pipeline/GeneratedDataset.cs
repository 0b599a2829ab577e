namespace Strata.Data;

/// <summary>Elements that are a function of their number.</summary>
sealed class GeneratedDataset<T>(Func<long, T> element, long? count) : Dataset<T>
{
    public override long? Count => count;

    protected internal override IEnumerable<T> Enumerate(long epoch, long start)
    {
        for (var i = start; count is null || i < count; i++) yield return element(i);
    }
}
