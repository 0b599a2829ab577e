using System.Text.Json.Nodes;
using Strata.Operations;

namespace Strata.Nn;

/// <summary>Stochastic gradient descent: p −= ηg; with momentum v = μv − ηg, p += v; with Nesterov's p += μv − ηg.</summary>
/// <param name="learningRate">η, by default .01.</param>
/// <param name="momentum">μ.</param>
/// <param name="nesterov">Whether to look ahead.</param>
public sealed class SGD(Schedule? learningRate = null, double momentum = 0, bool nesterov = false) : Optimizer(learningRate ?? 0.01, new SgdUpdate(momentum != 0, nesterov))
{
    internal static SGD FromConfig(Config c) => new(c.Rate("lr"), c.Double("momentum"), c.Bool("nesterov"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["momentum"], config["nesterov"]) = (momentum, nesterov);

    /// <inheritdoc/>
    protected override double[] Numbers(double learningRate, long t) => [learningRate, momentum];
}
