using System.Text.Json.Nodes;
using Strata.Operations;

namespace Strata.Nn;

/// <summary>AdaGrad (Duchi, Hazan and Singer 2011): a += g²; p −= ηg/(√a + ε).</summary>
/// <param name="learningRate">η, by default .01.</param>
/// <param name="epsilon">ε; by default <see cref="Numerics.Epsilon"/>.</param>
public sealed class AdaGrad(Schedule? learningRate = null, double? epsilon = null) : Optimizer(learningRate ?? 0.01, new AdagradUpdate())
{
    readonly double epsilon = epsilon ?? Numerics.Epsilon;

    internal static AdaGrad FromConfig(Config c) => new(c.Rate("lr"), c.DoubleOrNull("epsilon"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["epsilon"] = epsilon;

    /// <inheritdoc/>
    protected override double[] Numbers(double learningRate, long t) => [learningRate, epsilon];
}
