using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>In training x times numbers of the normal distribution with mean 1 and variance rate/(1 − rate); otherwise y = x (Srivastava et al. 2014,
/// section 10).</summary>
/// <param name="rate">The rate of the dropout that has the same variance, in [0, 1).</param>
public sealed class GaussianDropout(double rate) : Layer
{
    readonly double rate = rate is >= 0 and < 1 ? rate : throw new ArgumentOutOfRangeException(nameof(rate), rate, "GaussianDropout: the rate must be in [0, 1).");

    internal static GaussianDropout FromConfig(Config c) => new(c.Double("rate"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["rate"] = rate;

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) =>
        context.Training && rate > 0 ? x * context.Random.Normal(x.Shape, 1, Math.Sqrt(rate / (1 - rate)), x.DType) : x;
}
