namespace Strata.Kernels;

/// <summary>A pooling of [batch, spatial..., channels] to [batch, output..., channels] over windows of cells.</summary>
internal readonly record struct PoolingGeometry(long Batch, Spatial Input, int Channels, Spatial Window, Spatial Output, Spatial Stride, Spatial Low)
{
    /// <summary>From 1 to 3 spatial axes; <paramref name="padding"/> holds what is added before and after each.</summary>
    public static PoolingGeometry Of(long batch, ReadOnlySpan<int> input, int channels, ReadOnlySpan<int> window, ReadOnlySpan<int> stride,
        ReadOnlySpan<(int Low, int High)> padding)
    {
        Span<int> ones = stackalloc int[input.Length];
        ones.Fill(1);
        var g = ConvolutionGeometry.Of(batch, input, channels, window, channels, stride, ones, padding, 1);
        return new(batch, g.Input, channels, g.Kernel, g.Output, g.Stride, g.Low);
    }

    /// <summary>The cells of the window of output (z, y, x) that exist.</summary>
    public PoolingWindow At(int z, int y, int x)
    {
        var (z0, y0, x0) = (z * Stride.Depth - Low.Depth, y * Stride.Height - Low.Height, x * Stride.Width - Low.Width);
        return new(
            Math.Max(0, z0), Math.Min(Input.Depth, z0 + Window.Depth),
            Math.Max(0, y0), Math.Min(Input.Height, y0 + Window.Height),
            Math.Max(0, x0), Math.Min(Input.Width, x0 + Window.Width));
    }

    /// <summary>Whether the windows are 2 × 2 cells side by side, all of them whole: the usual pooling.</summary>
    public bool IsOfSquares => Window is { Depth: 1, Height: 2, Width: 2 } && Stride is { Height: 2, Width: 2 } && Input.Depth == 1 && Low is { Depth: 0, Height: 0, Width: 0 }
        && 2 * Output.Height <= Input.Height && 2 * Output.Width <= Input.Width;

    /// <summary>The reads that the pooling makes, a measure of its work.</summary>
    public double Reads => (double)Batch * Output.Size * Window.Size * Channels;
}
