using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>In training x + noise of the normal distribution with mean 0; otherwise y = x.</summary>
/// <param name="deviation">σ of the noise.</param>
public sealed class GaussianNoise(double deviation) : Layer
{
    internal static GaussianNoise FromConfig(Config c) => new(c.Double("stddev"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["stddev"] = deviation;

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) =>
        context.Training && deviation > 0 ? x + context.Random.Normal(x.Shape, 0, deviation, x.DType) : x;
}
