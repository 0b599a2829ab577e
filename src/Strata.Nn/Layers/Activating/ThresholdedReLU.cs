using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>y = x for x &gt; <paramref name="theta"/>, else 0 (Konda et al. 2015).</summary>
/// <param name="theta">The threshold, 0 or more.</param>
public sealed class ThresholdedReLU(double theta = 1) : Layer
{
    internal static ThresholdedReLU FromConfig(Config c) => new(c.Double("theta"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["theta"] = theta;

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => x * (x > theta).Cast(x.DType);
}
