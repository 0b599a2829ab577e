namespace Strata.Kernels.Sampling;

/// <summary>The gamma distribution of scale 1 (Marsaglia and Tsang 2000, "A simple method for generating gamma variables").</summary>
internal readonly struct GammaSampler(Parameter concentration) : ISampler
{
    public double Draw(ref DrawSequence random, long i) => Math.Exp(Logarithm(ref random, concentration[i]));

    /// <summary>The logarithm of a gamma number: that of a small concentration underflows itself.</summary>
    public static double Logarithm(ref DrawSequence random, double concentration)
    {
        // Γ(α) has the distribution of Γ(α + 1)·U^(1/α); the method below needs α ≥ 1.
        var boost = 0.0;
        if (concentration < 1)
        {
            boost = Math.Log(random.Unit()) / concentration;
            concentration++;
        }

        var d = concentration - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true) // 1 to 1.05 turns on average
        {
            var x = random.Normal();
            var root = 1 + (c * x);
            if (root <= 0) continue;
            var v = root * root * root;
            if (Math.Log(random.Unit()) < (0.5 * x * x) + (d * (1 - v + Math.Log(v)))) return Math.Log(d * v) + boost;
        }
    }
}
