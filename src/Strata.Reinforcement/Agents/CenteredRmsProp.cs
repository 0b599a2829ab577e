using Strata.Nn;

namespace Strata.Reinforcement;

/// <summary>RMSProp as Mnih et al. (2015) used it, with ε inside the root: g = ρg + (1 − ρ)∇; n = ρn + (1 − ρ)∇²; θ −= α∇/√(n − g² + ε).</summary>
/// <param name="learningRate">α.</param>
/// <param name="rho">ρ.</param>
/// <param name="epsilon">ε.</param>
public sealed class CenteredRmsProp(Schedule? learningRate = null, double rho = 0.95, double epsilon = 0.01) : Optimizer(learningRate ?? 0.00025)
{
    /// <inheritdoc/>
    protected override int StateCount => 2;

    /// <inheritdoc/>
    protected override double[] Numbers(double learningRate, long t) => [learningRate];

    /// <inheritdoc/>
    protected override Tensor[] Update(Tensor parameter, Tensor gradient, Tensor[] state, Tensor numbers)
    {
        var rate = numbers[2].Cast(parameter.DType);
        var g = (rho * state[0]) + ((1 - rho) * gradient);
        var n = (rho * state[1]) + ((1 - rho) * gradient.Square());
        return [parameter - (rate * gradient / ((n - g.Square()).Relu() + epsilon).Sqrt()), g, n];
    }
}
