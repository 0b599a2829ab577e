namespace Strata.Nn;

/// <summary>The largest element of each window, channel by channel;  x [n, d, h, w, c] → y [n, d', h', w', c]. Padding counts as −∞.</summary>
/// <param name="pool">Depth, height and width of the window; by default 2.</param>
/// <param name="strides">Steps of the window; by default its size.</param>
/// <param name="padding">How borders are treated; by default <see cref="Padding.Valid"/>.</param>
public sealed class MaxPooling3D(Window3D? pool = null, Window3D? strides = null, Padding padding = default)
    : PoolingLayer((pool ?? 2).Sizes, (strides ?? pool ?? 2).Sizes, padding)
{
    internal static MaxPooling3D FromConfig(Config c) =>
        new(c.Window3D("pool_size"), c.Window3D("strides"), c.Padding("padding"));

    private protected override Tensor Pool(Tensor x, int[] window, int[] steps, Padding borders) => x.MaxPool(window, steps, borders);
}
