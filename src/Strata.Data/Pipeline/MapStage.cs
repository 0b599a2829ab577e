namespace Strata.Data;

/// <summary>Each element through a function of it, the epoch and its place.</summary>
sealed class MapStage<T, TResult>(Dataset<T> source, Func<T, long, long, TResult> function) : Dataset<TResult>
{
    public override long? Count => source.Count;

    protected internal override IEnumerable<TResult> Enumerate(long epoch, long start)
    {
        var index = start;
        foreach (var element in source.Enumerate(epoch, start)) yield return function(element, epoch, index++);
    }
}
