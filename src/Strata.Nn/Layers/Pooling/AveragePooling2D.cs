namespace Strata.Nn;

/// <summary>The mean of each window, channel by channel;  x [n, h, w, c] → y [n, h', w', c]. Padding does not count: the mean is over the real cells.</summary>
/// <param name="pool">Height and width of the window; by default 2</param>
/// <param name="strides">Steps of the window; by default its size.</param>
/// <param name="padding">How borders are treated; by default <see cref="Padding.Valid"/>.</param>
public sealed class AveragePooling2D(Window? pool = null, Window? strides = null, Padding padding = default)
    : PoolingLayer((pool ?? 2).Sizes, (strides ?? pool ?? 2).Sizes, padding)
{
    internal static AveragePooling2D FromConfig(Config c) =>
        new(c.Window("pool_size"), c.Window("strides"), c.Padding("padding"));

    private protected override Tensor Pool(Tensor x, int[] window, int[] steps, Padding borders) => x.AveragePool(window, steps, borders);
}
