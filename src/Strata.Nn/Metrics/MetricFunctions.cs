namespace Strata.Nn;

/// <summary>The accuracies as functions from targets and predictions to one number an example.</summary>
internal static class MetricFunctions
{
    public static Tensor BinaryAccuracy(Tensor y, Tensor p)
    {
        if (p.Rank == 1) p = p.Reshape(-1, 1);
        if (y.Shape != p.Shape) y = y.Reshape(p.Shape.Span);
        return p.Round().EqualTo(y.Cast(p.DType)).Cast(p.DType).Mean(-1);
    }

    public static Tensor CategoricalAccuracy(Tensor y, Tensor p) => y.ArgMax(-1).EqualTo(p.ArgMax(-1)).Cast(p.DType);

    public static Tensor SparseCategoricalAccuracy(Tensor y, Tensor p) => ClassNumbers(y, p).EqualTo(p.ArgMax(-1)).Cast(p.DType);

    /// <summary>Whether fewer than k elements of a row are larger than that of the class.</summary>
    public static Tensor InTopK(Tensor classes, Tensor p, int k)
    {
        var own = (classes.OneHot(p.Shape[^1]).Cast(p.DType) * p).Sum(-1, keepDims: true);
        return ((p > own).Cast(p.DType).Sum(-1) < k).Cast(p.DType);
    }

    /// <summary>Targets [n, …] or [n, …, 1] as int64 [n, …].</summary>
    public static Tensor ClassNumbers(Tensor y, Tensor p) => y.Cast(DType.Int64).Reshape(p.Shape[..^1].Span);
}
