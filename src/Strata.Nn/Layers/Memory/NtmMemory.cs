namespace Strata.Nn;

/// <summary>The memory of a Neural Turing Machine (Graves, Wayne and Danihelka 2014, section 3): N locations of W numbers each, and how heads find their
/// places in it and read and write there. M is [n, N, W]; a weighting w of h heads, whose rows sum to 1, is [n, h, N].</summary>
public static class NtmMemory
{
    // ln 0 has no gradient; a weight of this size is 0 for all purposes.
    const double Smallest = 1e-30;

    /// <summary>Content addressing (5): w(i) ∝ exp(β·K[k, M(i)]).</summary>
    /// <param name="memory">M.</param>
    /// <param name="keys">k [n, h, W].</param>
    /// <param name="strengths">β [n, h, 1], at least 0.</param>
    public static Tensor Content(Tensor memory, Tensor keys, Tensor strengths) => (strengths * CosineSimilarity(memory, keys)).Softmax();

    /// <summary>The cosine of the angle between keys and locations (6): K[k, M(i)] = k·M(i)/(|k|·|M(i)|), 0 where one of both is 0.</summary>
    /// <param name="memory">M.</param>
    /// <param name="keys">k [n, h, W].</param>
    /// <returns>[n, h, N].</returns>
    public static Tensor CosineSimilarity(Tensor memory, Tensor keys)
    {
        var squares = keys.Square().Sum(-1, keepDims: true) * memory.Square().Sum(-1).ExpandDims(1);
        // The bound keeps the gradient finite where a vector is 0.
        return keys.MatMul(memory, transposeB: true) * Tensor.Maximum(squares, Tensor.Scalar(1e-16, squares.DType)).Rsqrt();
    }

    /// <summary>Interpolation (7): g·wᶜ + (1 − g)·wₜ₋₁.</summary>
    /// <param name="content">wᶜ.</param>
    /// <param name="previous">wₜ₋₁.</param>
    /// <param name="gates">g [n, h, 1] in [0, 1].</param>
    public static Tensor Interpolate(Tensor content, Tensor previous, Tensor gates) => previous + (gates * (content - previous));

    /// <summary>Shift (8): w̃(i) = Σⱼ w(j)·s(i − j), indices modulo N.</summary>
    /// <param name="weighting">w.</param>
    /// <param name="shifts">s [n, h, 2m + 1]: the shares of the shifts −m … m, which sum to 1.</param>
    public static Tensor Shift(Tensor weighting, Tensor shifts) => weighting.CircularConvolution(shifts);

    /// <summary>Sharpening (9): w(i)^γ/Σⱼ w(j)^γ.</summary>
    /// <param name="weighting">w.</param>
    /// <param name="sharpness">γ [n, h, 1], at least 1.</param>
    public static Tensor Sharpen(Tensor weighting, Tensor sharpness) => (sharpness * (weighting + Smallest).Log()).Softmax();

    /// <summary>Reading (2): r = Σᵢ w(i)·M(i).</summary>
    /// <param name="memory">M.</param>
    /// <param name="weighting">w.</param>
    /// <returns>r [n, h, W].</returns>
    public static Tensor Read(Tensor memory, Tensor weighting) => weighting.MatMul(memory);

    /// <summary>Writing: M(i)·Π(1 − w(i)·e) (3), then + Σ w(i)·a (4), over the heads: all erase before any adds.</summary>
    /// <param name="memory">M.</param>
    /// <param name="weighting">w.</param>
    /// <param name="erase">e [n, h, W] in [0, 1].</param>
    /// <param name="add">a [n, h, W].</param>
    public static Tensor Write(Tensor memory, Tensor weighting, Tensor erase, Tensor add)
    {
        var places = weighting.Unstack(1);
        for (var h = 0; h < places.Length; h++) memory *= 1 - (places[h].ExpandDims(2) * erase[.., h..(h + 1)]);
        for (var h = 0; h < places.Length; h++) memory += places[h].ExpandDims(2) * add[.., h..(h + 1)];
        return memory;
    }
}
