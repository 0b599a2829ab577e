namespace Strata.Kernels;

/// <summary>A convolution of [batch, spatial..., in] with a filter [spatial..., in / groups, out] to [batch, spatial..., out]:
/// y[o, c] = Σ_t Σ_i x[o·stride + t·dilation − low, i] · f[t, i, c], x being 0 outside.</summary>
/// <remarks>There is no upper padding: the extents of the output say how far the windows go.</remarks>
internal readonly record struct ConvolutionGeometry(
    long Batch, Spatial Input, int InChannels, Spatial Kernel, int OutChannels, Spatial Output, Spatial Stride, Spatial Dilation, Spatial Low, int Groups)
{
    /// <summary>From 1 to 3 spatial axes; <paramref name="padding"/> holds what is added before and after each.</summary>
    public static ConvolutionGeometry Of(long batch, ReadOnlySpan<int> input, int inChannels, ReadOnlySpan<int> kernel, int outChannels,
        ReadOnlySpan<int> stride, ReadOnlySpan<int> dilation, ReadOnlySpan<(int Low, int High)> padding, int groups)
    {
        Span<int> output = stackalloc int[input.Length], low = stackalloc int[input.Length];
        for (var i = 0; i < input.Length; i++)
        {
            low[i] = padding[i].Low;
            output[i] = Math.Max(0, (input[i] + padding[i].Low + padding[i].High - dilation[i] * (kernel[i] - 1) - 1 + stride[i]) / stride[i]);
        }

        return new(batch, Spatial.Of(input, 1), inChannels, Spatial.Of(kernel, 1), outChannels, Spatial.Of(output, 1), Spatial.Of(stride, 1),
            Spatial.Of(dilation, 1), Spatial.Of(low, 0), groups);
    }

    public int InPerGroup => InChannels / Groups;

    public int OutPerGroup => OutChannels / Groups;

    /// <summary>Every output pixel sees the one input pixel at its place: a matrix product.</summary>
    public bool IsPointwise => Kernel.Size == 1 && Stride == new Spatial(1, 1, 1) && Low == default && Input == Output && Groups == 1;

    /// <summary>Each channel has a filter of its own.</summary>
    public bool IsDepthwise => Groups > 1 && Groups == InChannels && InChannels == OutChannels;

    public double MultiplyAdds => (double)Batch * Output.Size * OutChannels * InPerGroup * Kernel.Size;
}
