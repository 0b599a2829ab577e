using System.Text.Json.Nodes;
using Strata.Operations;

namespace Strata.Nn;

/// <summary>RMSProp (Hinton 2012): a = ρa + (1 − ρ)g²; p −= ηg/(√a + ε).</summary>
/// <param name="learningRate">η, by default .001.</param>
/// <param name="rho">ρ.</param>
/// <param name="epsilon">ε; by default <see cref="Numerics.Epsilon"/>.</param>
/// <param name="momentum">μ in: u = μu + g/(√a + ε), p −= ηu.</param>
/// <param name="centered">Whether the variance, a − (mean of g)², takes the place of a (Graves 2013).</param>
public sealed class RMSProp(Schedule? learningRate = null, double rho = 0.9, double? epsilon = null, double momentum = 0, bool centered = false)
    : Optimizer(learningRate ?? 0.001, new RmsPropUpdate(centered, momentum != 0))
{
    readonly double epsilon = epsilon ?? Numerics.Epsilon;

    internal static RMSProp FromConfig(Config c) => new(c.Rate("lr"), c.Double("rho"), c.DoubleOrNull("epsilon"), c.Double("momentum"), c.Bool("centered"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["rho"], config["epsilon"], config["momentum"], config["centered"]) = (rho, epsilon, momentum, centered);

    /// <inheritdoc/>
    protected override double[] Numbers(double learningRate, long t) => [learningRate, rho, 1 - rho, epsilon, momentum];
}
