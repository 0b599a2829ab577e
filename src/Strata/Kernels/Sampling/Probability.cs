using Strata.Kernels.Mathematics;

namespace Strata.Kernels.Sampling;

/// <summary>Logarithms of probabilities of whole numbers, without the differences of large numbers that factorials would give (Loader 2000, "Fast and
/// accurate computation of binomial probabilities").</summary>
internal static class Probability
{
    static readonly double[] smallErrors = [.. Enumerable.Range(0, 16).Select(n => n == 0 ? 0 : GammaFunctions.LogGamma(n + 1) - Stirling(n))];

    /// <summary>ln of e^−λ·λᵏ/k!</summary>
    public static double LogPoisson(double k, double rate) => k == 0
        ? -rate
        : -StirlingError(k) - Deviance(k, rate) - (0.5 * Math.Log(2 * Math.PI * k));

    /// <summary>ln of n!/(k!·(n − k)!)·pᵏ·(1 − p)ⁿ⁻ᵏ for 0 &lt; p &lt; 1.</summary>
    public static double LogBinomial(double k, double n, double p)
    {
        if (k == 0) return p < 0.1 ? -Deviance(n, n * (1 - p)) - (n * p) : n * Math.Log(1 - p); // n·ln(1 − p) by the deviance where 1 − p loses digits
        if (k == n) return n * Math.Log(p);
        return StirlingError(n) - StirlingError(k) - StirlingError(n - k) - Deviance(k, n * p) - Deviance(n - k, n * (1 - p))
            + (0.5 * Math.Log(n / (2 * Math.PI * k * (n - k))));
    }

    /// <summary>ln n! less Stirling's approximation.</summary>
    static double StirlingError(double n) => n < smallErrors.Length
        ? smallErrors[(int)n]
        : ((1.0 / 12) - (((1.0 / 360) - (((1.0 / 1260) - (1.0 / (1680 * n * n))) / (n * n))) / (n * n))) / n;

    static double Stirling(double n) => ((n + 0.5) * Math.Log(n)) - n + (0.5 * Math.Log(2 * Math.PI));

    /// <summary>x·ln(x/m) + m − x, by a series where x is near m and the terms cancel.</summary>
    static double Deviance(double x, double m)
    {
        var difference = x - m;
        if (Math.Abs(difference) >= 0.1 * (x + m)) return (x * Math.Log(x / m)) - difference;
        var v = difference / (x + m);
        var (sum, term) = (difference * v, 2 * x * v);
        for (var j = 3; ; j += 2)
        {
            term *= v * v;
            var next = sum + (term / j);
            if (next == sum) return next;
            sum = next;
        }
    }
}
