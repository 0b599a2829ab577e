namespace Strata.Kernels.Mathematics;

/// <summary>ln |Γ| and its derivatives in double precision, one element at a time: recurrence up to a large argument, where the asymptotic
/// series (Abramowitz and Stegun 6.1.41, 6.3.18 and 6.4.11) is exact to rounding.</summary>
internal static class GammaFunctions
{
    const double Large = 14;

    // B₂, B₄, … B₁₆
    static ReadOnlySpan<double> Bernoulli => [1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510];

    /// <summary>ln |Γ(x)|; ∞ at 0, −1, −2, …</summary>
    public static double LogGamma(double x)
    {
        if (double.IsNaN(x)) return x;
        if (double.IsInfinity(x)) return double.PositiveInfinity;
        if (x <= 0)
            return x == Math.Floor(x)
                ? double.PositiveInfinity
                : Math.Log(Math.PI / Math.Abs(Math.Sin(Math.PI * (x - Math.Floor(x))))) - LogGamma(1 - x); // reflection

        var product = 1.0;
        for (; x < Large; x++) product *= x;
        var (series, power) = (0.0, 1 / x);
        for (var k = 1; k <= Bernoulli.Length; k++, power /= x * x) series += Bernoulli[k - 1] / (2 * k * (2 * k - 1)) * power;
        return (x - 0.5) * Math.Log(x) - x + 0.91893853320467274178 + series - Math.Log(product); // ½ ln 2π
    }

    /// <summary>The derivative of order <paramref name="order"/> + 1 of ln Γ: digamma for 0, trigamma for 1, …; NaN at 0, −1, −2, …</summary>
    public static double Polygamma(int order, double x)
    {
        if (x <= 0 && x == Math.Floor(x)) return double.NaN;
        if (double.IsPositiveInfinity(x)) return order == 0 ? x : 0;
        if (order == 0 && x < -Large) return Polygamma(0, 1 - x) - Math.PI / Math.Tan(Math.PI * x);
        if (!(x > -1e6)) return double.NaN; // the recurrence would be endless

        var factorial = 1.0; // order!
        for (var i = 2; i <= order; i++) factorial *= i;
        var sum = 0.0;
        for (; x < Large; x++) sum += Math.Pow(x, -order - 1);

        var series = 0.5 * Math.Pow(x, -order - 1);
        var coefficient = 1.0; // (2k + order − 1)! / ((2k)! order!)
        for (var i = 2; i <= order; i++) coefficient *= i;
        for (var k = 1; k <= Bernoulli.Length; k++)
        {
            var ratio = 1.0;
            for (var i = 2 * k + 1; i <= 2 * k + order - 1; i++) ratio *= i;
            if (order == 0) ratio /= 2 * k;
            series += Bernoulli[k - 1] * ratio / coefficient * Math.Pow(x, -2 * k - order);
        }

        return order == 0
            ? Math.Log(x) - series - sum
            : (order % 2 == 1 ? factorial : -factorial) * (Math.Pow(x, -order) / order + series + sum);
    }
}
