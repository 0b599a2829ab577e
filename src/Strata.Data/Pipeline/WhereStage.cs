namespace Strata.Data;

/// <summary>The elements that satisfy a condition. How many is known only at the end, so a place is reached by counting from the front.</summary>
sealed class WhereStage<T>(Dataset<T> source, Func<T, bool> condition) : Dataset<T>
{
    public override long? Count => null;

    protected internal override IEnumerable<T> Enumerate(long epoch, long start)
    {
        foreach (var element in source.Enumerate(epoch, 0))
            if (condition(element) && start-- <= 0) yield return element;
    }
}
