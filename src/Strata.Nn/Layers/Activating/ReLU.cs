using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>y = x for x ≥ <paramref name="threshold"/>, else <paramref name="negativeSlope"/>·(x − threshold); at most <paramref name="maximum"/>.</summary>
/// <param name="maximum">The largest value; none: unbounded.</param>
/// <param name="negativeSlope">The slope below the threshold.</param>
/// <param name="threshold">Where the identity begins.</param>
public sealed class ReLU(double? maximum = null, double negativeSlope = 0, double threshold = 0) : Layer
{
    internal static ReLU FromConfig(Config c) => new(c.DoubleOrNull("max_value"), c.Double("negative_slope"), c.Double("threshold"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["max_value"], config["negative_slope"], config["threshold"]) = (maximum, negativeSlope, threshold);

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) =>
        maximum is null && negativeSlope == 0 && threshold == 0 ? x.Relu() : Activation.ReluOf(negativeSlope, maximum, threshold).Of(x);
}
