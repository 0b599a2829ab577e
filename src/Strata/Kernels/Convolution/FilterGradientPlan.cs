using System.Runtime.CompilerServices;

namespace Strata.Kernels;

/// <summary>How the pixels that a filter's gradient sums over are cut: into bands, the rows or whole images that one visit of a tile adds up, and bands
/// into chunks that are summed apart. All of it depends on the shapes alone.</summary>
internal readonly struct FilterGradientPlan
{
    const long BandBytes = 96 * 1024;
    const long MostBandBytes = 512 * 1024;
    const int Pixels = 256; // in a band at least, so that reading and writing a tile of the result is little beside its sums
    const long PartialBytes = 4 << 20; // what the chunks' results may take together
    const int MaxChunks = 16;

    public readonly AxisTaps Z, Y, X;

    /// <summary>Images in a band; more than one only where a band is whole images.</summary>
    public readonly int Images;

    public readonly int BandsOfPlane;
    public readonly long Bands;
    public readonly long Chunks;

    /// <summary>Elements of the filter.</summary>
    public readonly long Size;

    /// <summary>Elements that the source of one image's part of a band takes when copied.</summary>
    public readonly long Room;

    public static FilterGradientPlan Of<T>(in ConvolutionGeometry g)
        where T : unmanaged => new(g, Unsafe.SizeOf<T>());

    FilterGradientPlan(in ConvolutionGeometry g, int elementBytes)
    {
        Z = AxisTaps.Forward(g.Output.Depth, g.Kernel.Depth, g.Stride.Depth, g.Dilation.Depth, g.Low.Depth);
        Y = AxisTaps.Forward(g.Output.Height, g.Kernel.Height, g.Stride.Height, g.Dilation.Height, g.Low.Height);
        X = AxisTaps.Forward(g.Output.Width, g.Kernel.Width, g.Stride.Width, g.Dilation.Width, g.Low.Width);
        var bytes = elementBytes == 8 ? SourceBand<double>.Rows(g.InChannels, Z, Y, X, BandBytes) : SourceBand<float>.Rows(g.InChannels, Z, Y, X, BandBytes);
        var rows = Math.Clamp(Math.Max(bytes, (Pixels + g.Output.Width - 1) / Math.Max(1, g.Output.Width)), 1, Math.Max(1, g.Output.Height));
        BandsOfPlane = Math.Max(1, (g.Output.Height + rows - 1) / rows);
        Room = SourceBand<float>.Size(g.InChannels, Z, Y, X, rows);
        Images = BandsOfPlane > 1 || g.Output.Depth != 1 || g.IsDepthwise
            ? 1
            : (int)Math.Clamp(Math.Min(Pixels / Math.Max(1, g.Output.Size), MostBandBytes / Math.Max(1, Room * elementBytes)), 1, Math.Max(1, g.Batch));
        Bands = g.Output.Size == 0 ? 0 : (g.Batch + Images - 1) / Images * g.Output.Depth * BandsOfPlane;
        Size = g.Kernel.Size * g.InPerGroup * g.OutChannels;
        Chunks = Math.Clamp(PartialBytes / Math.Max(1, Size * elementBytes), 1, Math.Min(MaxChunks, Math.Max(1, Bands)));
    }
}
