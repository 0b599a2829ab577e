namespace Strata.Nn;

/// <summary>The largest element of each window, channel by channel;  x [n, steps, c] → y [n, steps', c]. Padding counts as −∞.</summary>
/// <param name="pool">Length of the window.</param>
/// <param name="strides">Steps of the window; by default its size.</param>
/// <param name="padding">How borders are treated; by default <see cref="Padding.Valid"/>.</param>
public sealed class MaxPooling1D(int pool = 2, int? strides = null, Padding padding = default)
    : PoolingLayer([pool], [strides ?? pool], padding)
{
    internal static MaxPooling1D FromConfig(Config c) =>
        new(c.Ints("pool_size") is [var pool] ? pool : throw c.Wrong("pool_size", "one integer"), c.Ints("strides") is [var strides] ? strides : throw c.Wrong("strides", "one integer"), c.Padding("padding"));

    private protected override Tensor Pool(Tensor x, int[] window, int[] steps, Padding borders) => x.MaxPool(window, steps, borders);
}
