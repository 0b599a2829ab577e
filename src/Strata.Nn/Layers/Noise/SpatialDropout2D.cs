using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>Dropout of whole channels: in training each channel of an example is dropped with probability <paramref name="rate"/>;  x [n, h, w, c], the mask is [n, 1, 1, c]
/// (Tompson et al. 2015).</summary>
/// <param name="rate">The probability, clipped to [0, 1].</param>
public sealed class SpatialDropout2D(double rate) : Layer
{
    readonly double rate = Math.Clamp(rate, 0, 1);

    internal static SpatialDropout2D FromConfig(Config c) => new(c.Double("rate"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["rate"] = rate;

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        Spatial.Require(x.Shape, 2);
        return Dropout.Drop(x, [x.Shape[0], 1, 1, x.Shape[^1]], rate, context);
    }
}
