namespace Strata.Nn;

/// <summary>The mean of numbers [n, …] of which some count more than others, as Keras takes it.</summary>
internal static class WeightedMean
{
    /// <summary>mean of s·mask/mean(mask), of that s·w/mean(w ≠ 0): a scalar; 0 if nothing counts.</summary>
    /// <param name="scores">s, [n, …].</param>
    /// <param name="mask">Bools of the leading axes of s; null: all true.</param>
    /// <param name="weights">w, of the leading axes of s, which is averaged over the others; null: all 1.</param>
    /// <param name="name">What the error begins with.</param>
    /// <exception cref="ShapeException">Mask or weights do not fit.</exception>
    public static Tensor Of(Tensor scores, Tensor? mask, Tensor? weights, string name)
    {
        if (mask is not null) scores = Scaled(scores, mask.Cast(scores.DType), $"{name}: the mask is");
        if (weights is not null) scores = Scaled(scores, weights.Cast(scores.DType), $"{name}: weights are");
        return scores.Mean();
    }

    static Tensor Scaled(Tensor scores, Tensor by, string what)
    {
        if (by.Rank > scores.Rank || by.Shape != scores.Shape[..by.Rank])
            throw new ShapeException($"{what} {by.Shape}, but there are losses {scores.Shape}.");
        for (; scores.Rank > by.Rank; scores = scores.Mean(-1))
        {
        }

        var share = by.NotEqualTo(0).Cast(scores.DType).Mean();
        return scores * by / Tensor.Maximum(share, Numerics.Epsilon); // the bound matters only where nothing counts at all
    }
}
