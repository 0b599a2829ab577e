using System.Text.Json.Nodes;
using Strata.Operations;

namespace Strata.Nn;

/// <summary>AdaDelta (Zeiler 2012): a = ρa + (1 − ρ)g²; u = g√(d + ε)/√(a + ε); p −= ηu; d = ρd + (1 − ρ)u².</summary>
/// <param name="learningRate">η, by default 1.</param>
/// <param name="rho">ρ.</param>
/// <param name="epsilon">ε; by default <see cref="Numerics.Epsilon"/>.</param>
public sealed class AdaDelta(Schedule? learningRate = null, double rho = 0.95, double? epsilon = null) : Optimizer(learningRate ?? 1.0, new AdadeltaUpdate())
{
    readonly double epsilon = epsilon ?? Numerics.Epsilon;

    internal static AdaDelta FromConfig(Config c) => new(c.Rate("lr"), c.Double("rho"), c.DoubleOrNull("epsilon"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["rho"], config["epsilon"]) = (rho, epsilon);

    /// <inheritdoc/>
    protected override double[] Numbers(double learningRate, long t) => [learningRate, rho, 1 - rho, epsilon];
}
