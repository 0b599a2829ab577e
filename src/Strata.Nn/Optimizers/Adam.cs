using System.Text.Json.Nodes;
using Strata.Operations;

namespace Strata.Nn;

/// <summary>Adam (Kingma and Ba 2015): m = β₁m + (1 − β₁)g; v = β₂v + (1 − β₂)g²; p −= η√(1 − β₂ᵗ)/(1 − β₁ᵗ)·m/(√v + ε).</summary>
/// <param name="learningRate">η, by default .001.</param>
/// <param name="beta1">β₁.</param>
/// <param name="beta2">β₂.</param>
/// <param name="epsilon">ε, outside the correction as in Keras; by default <see cref="Numerics.Epsilon"/>.</param>
/// <param name="amsgrad">Whether to divide by the largest √v so far (Reddi, Kale and Kumar 2018).</param>
public sealed class Adam(Schedule? learningRate = null, double beta1 = 0.9, double beta2 = 0.999, double? epsilon = null, bool amsgrad = false)
    : Optimizer(learningRate ?? 0.001, new AdamUpdate(amsgrad))
{
    readonly double epsilon = epsilon ?? Numerics.Epsilon;

    internal static Adam FromConfig(Config c) => new(c.Rate("lr"), c.Double("beta_1"), c.Double("beta_2"), c.DoubleOrNull("epsilon"), c.Bool("amsgrad"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["beta_1"], config["beta_2"], config["epsilon"], config["amsgrad"]) = (beta1, beta2, epsilon, amsgrad);

    /// <inheritdoc/>
    protected override double[] Numbers(double learningRate, long t) =>
        [learningRate * Math.Sqrt(1 - Math.Pow(beta2, t)) / (1 - Math.Pow(beta1, t)), beta1, 1 - beta1, beta2, 1 - beta2, epsilon];
}
