using System.Text.Json.Nodes;
using Strata.Operations;

namespace Strata.Nn;

/// <summary>AdaMax (Kingma and Ba 2015, section 7.1): m = β₁m + (1 − β₁)g; u = max(β₂u, |g|); p −= η/(1 − β₁ᵗ)·m/(u + ε).</summary>
/// <param name="learningRate">η, by default .002.</param>
/// <param name="beta1">β₁.</param>
/// <param name="beta2">β₂.</param>
/// <param name="epsilon">ε; by default <see cref="Numerics.Epsilon"/>.</param>
public sealed class Adamax(Schedule? learningRate = null, double beta1 = 0.9, double beta2 = 0.999, double? epsilon = null) : Optimizer(learningRate ?? 0.002, new AdamaxUpdate())
{
    readonly double epsilon = epsilon ?? Numerics.Epsilon;

    internal static Adamax FromConfig(Config c) => new(c.Rate("lr"), c.Double("beta_1"), c.Double("beta_2"), c.DoubleOrNull("epsilon"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["beta_1"], config["beta_2"], config["epsilon"]) = (beta1, beta2, epsilon);

    /// <inheritdoc/>
    protected override double[] Numbers(double learningRate, long t) => [learningRate / (1 - Math.Pow(beta1, t)), beta1, 1 - beta1, beta2, epsilon];
}
