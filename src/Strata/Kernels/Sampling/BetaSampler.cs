namespace Strata.Kernels.Sampling;

/// <summary>The beta distribution: X/(X + Y) of gamma numbers of concentrations α and β.</summary>
internal readonly struct BetaSampler(Parameter alpha, Parameter beta) : ISampler
{
    public double Draw(ref DrawSequence random, long i)
    {
        var x = GammaSampler.Logarithm(ref random, alpha[i]);
        var y = GammaSampler.Logarithm(ref random, beta[i]);
        return 1 / (1 + Math.Exp(y - x));
    }
}
