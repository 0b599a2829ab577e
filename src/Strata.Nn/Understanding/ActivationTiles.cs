namespace Strata.Nn;

/// <summary>Feature maps and filters as pictures to be put side by side.</summary>
public static class ActivationTiles
{
    /// <summary>The feature maps of one picture, each with a mean of ½ and a standard deviation of ¼: (a − mean)/deviation·64 + 128 of 255, cut to the range (Chollet
    /// 2017, section 5.4.1). A map without differences is mid-grey.</summary>
    /// <param name="activations">[height, width, channels].</param>
    /// <returns>[channels, height, width, 1], float32 in [0, 1].</returns>
    /// <exception cref="ShapeException">There are other axes.</exception>
    public static Tensor OfChannels(Tensor activations)
    {
        if (activations.Rank != 3) throw new ShapeException($"ActivationTiles: feature maps are [height, width, channels], but these are {activations.Shape}.");
        int[] pixels = [1, 2];
        var maps = activations.Cast(DType.Float32).Transpose(2, 0, 1);
        var centered = maps - maps.Mean(pixels, keepDims: true);
        var deviation = centered.StandardDeviation(pixels, keepDims: true);
        var standardized = Tensor.Where(deviation > 1e-6, centered / (deviation + 1e-30), Tensor.ZerosLike(centered));
        return (((standardized * 64) + 128) / 255).Clip(0, 1).Reshape([.. maps.Shape, 1]);
    }

    /// <summary>The filters of a convolution, each scaled for itself so that 0 is mid-grey and the largest absolute weight black or white. Filters with three input channels are
    /// in color; of others each input channel is a tile of its own.</summary>
    /// <param name="kernel">[height, width, in, out].</param>
    /// <returns>[out, height, width, 3] for three input channels, else [out·in, height, width, 1], float32 in [0, 1].</returns>
    /// <exception cref="ShapeException">There are other axes.</exception>
    public static Tensor OfFilters(Tensor kernel)
    {
        if (kernel.Rank != 4) throw new ShapeException($"ActivationTiles: filters are [height, width, in, out], but these are {kernel.Shape}.");
        var w = kernel.Cast(DType.Float32).Transpose(3, 2, 0, 1); // [out, in, h, w]
        w = w.Shape[1] == 3 ? w.Transpose(0, 2, 3, 1) : w.Reshape(-1, w.Shape[2], w.Shape[3], 1);
        return .5 + (w / (2 * (w.Abs().Max([1, 2, 3], keepDims: true) + 1e-12)));
    }
}
