using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>Marks steps as padding: those whose features <b>all</b> equal <paramref name="maskValue"/>;  x [n, steps, f] → y = x with such steps 0, and
/// a mask [n, steps] for the layers that follow.</summary>
/// <param name="maskValue">What padding is written as.</param>
public sealed class Masking(double maskValue = 0) : Layer
{
    internal static Masking FromConfig(Config c) => new(c.Double("mask_value"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["mask_value"] = maskValue;

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Stop;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        if (x.Rank < 3) throw new ShapeException($"the input must be [examples, steps, features…], but it is {x.Shape}.");
        var counts = x.NotEqualTo(maskValue).Any(-1, keepDims: true);
        var y = x * counts.Cast(x.DType);
        context.SetMask(y, counts.Squeeze(-1));
        return y;
    }
}
