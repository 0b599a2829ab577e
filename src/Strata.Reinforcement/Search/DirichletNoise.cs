using Strata.Random;

namespace Strata.Reinforcement.Search;

/// <summary>P ← (1 − ε)·P + ε·η, η ~ Dir(α, …, α): noise on the priors of a root, so that self-play tries every move (Silver et al. 2017).</summary>
/// <param name="Alpha">α: 0.03 for Go on 19×19, 0.15 for shogi, 0.3 for chess; elsewhere about 10 over the number of legal moves.</param>
/// <param name="Share">ε.</param>
public sealed record DirichletNoise(double Alpha, double Share = 0.25)
{
    /// <summary>Draws η: non-negative numbers whose sum is 1.</summary>
    /// <param name="eta">Where to.</param>
    /// <param name="alpha">α, positive.</param>
    /// <param name="random">Where from.</param>
    public static void Draw(Span<double> eta, double alpha, RandomStream random)
    {
        // Gamma numbers over their sum. With α = 0.03 a gamma number is often smaller than any double, so logarithms are kept:
        // Γ(α) is Γ(α + 1)·U^(1/α).
        var largest = double.NegativeInfinity;
        for (var i = 0; i < eta.Length; i++)
        {
            eta[i] = Math.Log(GammaAboveOne(alpha + 1, random)) + Math.Log(1 - random.NextDouble()) / alpha;
            largest = Math.Max(largest, eta[i]);
        }

        var sum = 0.0;
        for (var i = 0; i < eta.Length; i++) sum += eta[i] = Math.Exp(eta[i] - largest);
        for (var i = 0; i < eta.Length; i++) eta[i] /= sum;
    }

    /// <summary>A gamma number of shape a ≥ 1 and scale 1 (Marsaglia and Tsang 2000).</summary>
    static double GammaAboveOne(double a, RandomStream random)
    {
        var d = a - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal(random);
            var v = 1 + c * x;
            if (v <= 0) continue;
            v *= v * v;
            if (Math.Log(1 - random.NextDouble()) < 0.5 * x * x + d - d * v + d * Math.Log(v)) return d * v;
        }
    }

    static double Normal(RandomStream random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()); // Box and Muller 1958
}
