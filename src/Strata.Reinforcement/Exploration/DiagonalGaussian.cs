namespace Strata.Reinforcement;

/// <summary>Vectors whose numbers are independent and normal.</summary>
/// <param name="mean">μ [n, d].</param>
/// <param name="variance">σ² [n, d], above 0.</param>
public sealed class DiagonalGaussian(Tensor mean, Tensor variance)
{
    /// <summary>ln π(a) [n] of actions [n, d].</summary>
    public Tensor LogProbability(Tensor actions) => -0.5 * (((actions - mean).Square() / variance) + variance.Log() + Math.Log(Math.Tau)).Sum(-1);

    /// <summary>½ Σ ln 2πeσ² [n].</summary>
    public Tensor Entropy() => 0.5 * (variance.Log() + Math.Log(Math.Tau * Math.E)).Sum(-1);
}
