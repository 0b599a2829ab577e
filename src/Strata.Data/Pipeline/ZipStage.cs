namespace Strata.Data;

/// <summary>The elements of two data sets side by side.</summary>
sealed class ZipStage<T, TOther>(Dataset<T> first, Dataset<TOther> second) : Dataset<(T First, TOther Second)>
{
    // Where one has no known end, the other decides only if it is known that the first is longer, which is not.
    public override long? Count => first.Count is { } a && second.Count is { } b ? Math.Min(a, b) : null;

    protected internal override IEnumerable<(T First, TOther Second)> Enumerate(long epoch, long start) =>
        first.Enumerate(epoch, start).Zip(second.Enumerate(epoch, start));
}
