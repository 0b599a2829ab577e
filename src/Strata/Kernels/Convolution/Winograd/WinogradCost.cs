using System.Runtime.CompilerServices;

namespace Strata.Kernels;

/// <summary>Whether a convolution is computed by a Winograd algorithm, and by which. The choice follows from the shapes alone, by a model of the cost whose
/// constants were fitted to timings of a few shapes (the two last are estimates), and not from a measurement on the spot: a run that is repeated or resumed gives the same bits.</summary>
internal static class WinogradCost
{
    const double PerTransformed = 18; // multiply-adds that take as long as the transform of an element
    const double PerFilterElement = 120; // likewise for an element of the filter, whose transform goes to memory and back
    const double PerPreparedElement = 30; // likewise where the transform was made before: what it takes to read it
    const double Gain = 0.85; // of the direct convolution's time at most, or the loss of accuracy is not worth it

    /// <summary>The algorithm for a convolution and its gradients. float64 is computed directly: who asks for it wants the last digits.</summary>
    /// <param name="g">The convolution.</param>
    /// <param name="prepared">Whether the filter is transformed once for many calls.</param>
    public static WinogradChoice Choose<T>(in ConvolutionGeometry g, bool prepared = false)
        where T : unmanaged
    {
        if (!Suits<T>(g)) return WinogradChoice.None;
        if (Forced is { } forced) return forced;
        var direct = Gain * g.MultiplyAdds;
        double two = Cost(g, 2, prepared), four = Cost(g, 4, prepared);
        return Math.Min(two, four) > direct ? WinogradChoice.None : two < four ? WinogradChoice.F2 : WinogradChoice.F4;
    }

    /// <summary>What tests and measurements set to have it whatever it costs.</summary>
    internal static WinogradChoice? Forced { get; set; }

    static bool Suits<T>(in ConvolutionGeometry g) =>
        Unsafe.SizeOf<T>() == 4 && g.Groups == 1 && g.Kernel == new Spatial(1, 3, 3) && g.Stride == new Spatial(1, 1, 1) && g.Dilation == new Spatial(1, 1, 1)
        && g.Input.Depth == 1 && g.Low.Depth == 0 && g.InChannels % 16 == 0 && g.OutChannels % 16 == 0 && g.Low.Height <= 2 && g.Low.Width <= 2
        && g.Output.Size > 0;

    static double Cost(in ConvolutionGeometry g, int outputs, bool prepared)
    {
        var points = (outputs + 2.0) * (outputs + 2);
        var tiles = (double)g.Batch * ((g.Output.Height + outputs - 1) / outputs) * ((g.Output.Width + outputs - 1) / outputs);
        double channels = g.InChannels + g.OutChannels, weights = (double)g.InChannels * g.OutChannels;
        return points * (tiles * (weights + PerTransformed * channels) + (prepared ? PerPreparedElement : PerFilterElement) * weights);
    }
}
