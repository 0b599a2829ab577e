namespace Strata.Data;

/// <summary>What data often needs before it is learned from: Keras's <c>utils.to_categorical</c> and <c>utils.normalize</c>.</summary>
public static class Preparation
{
    /// <summary>Classes as rows of zeros with a single one: integers [n] or [n, 1] → float32 [n, classes].</summary>
    /// <param name="labels">The classes, from 0.</param>
    /// <param name="classes">How many there are; null: the largest of the labels and one.</param>
    /// <exception cref="ShapeException">The labels are no integers, negative, or beyond the number of classes.</exception>
    public static Tensor ToCategorical(Tensor labels, int? classes = null)
    {
        if (labels.DType.IsFloating() || labels.DType == DType.Bool) throw new ShapeException($"ToCategorical: the labels are {labels.Type}, expected integers.");
        if (labels.Rank > 1 && labels.Shape[^1] == 1) labels = labels.Squeeze(-1);
        var (low, high) = labels.Size == 0 ? (0, -1) : ((int)labels.Min().Item(), (int)labels.Max().Item());
        var count = classes ?? high + 1;
        if (low < 0 || high >= count) throw new ShapeException($"ToCategorical: the labels go from {low} to {high}; of {count} classes they are 0 to {count - 1}.");
        return labels.OneHot(count);
    }

    /// <summary>x/‖x‖ along an axis; rows of zeros stay zeros.</summary>
    /// <param name="x">The data.</param>
    /// <param name="axis">The axis that becomes of length 1.</param>
    /// <param name="order">p of the norm (Σ|x|ᵖ)^(1/p), above 0; 2: the Euclidean one.</param>
    public static Tensor Normalize(Tensor x, int axis = -1, double order = 2)
    {
        if (!(order > 0)) throw new ArgumentOutOfRangeException(nameof(order), order, "Normalize: the order of the norm must be above 0.");
        var norm = double.IsPositiveInfinity(order) ? x.Abs().Max(axis, keepDims: true)
            : order == 2 ? x.Square().Sum(axis, keepDims: true).Sqrt()
            : x.Abs().Power(order).Sum(axis, keepDims: true).Power(1 / order);
        return x / Tensor.Where(norm.EqualTo(0), Tensor.OnesLike(norm), norm);
    }
}
