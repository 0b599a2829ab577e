namespace Strata.Kernels.Sampling;

/// <summary>The binomial distribution: few expected successes by inversion, others by transformed rejection (Hörmann 1993, "The generation of binomial random
/// variates", algorithm BTRS).</summary>
internal readonly struct BinomialSampler(Parameter trials, Parameter probability) : ISampler
{
    const double Few = 10; // the transformed rejection is made for expectations from here on

    public double Draw(ref DrawSequence random, long i) => Draw(ref random, trials[i], probability[i]);

    public static double Draw(ref DrawSequence random, double n, double p)
    {
        if (n == 0 || p == 0) return 0;
        if (p > 0.5) return n - Draw(ref random, n, 1 - p);
        return n * p < Few ? Invert(ref random, n, p) : Reject(ref random, n, p);
    }

    static double Invert(ref DrawSequence random, double n, double p)
    {
        var (u, odds) = (random.Unit(), p / (1 - p));
        var (k, share) = (0.0, Math.Exp(Probability.LogBinomial(0, n, p)));
        for (var sum = share; u > sum && sum + share > sum; sum += share)
        {
            k++;
            share *= odds * (n - k + 1) / k;
        }

        return Math.Min(k, n);
    }

    static double Reject(ref DrawSequence random, double n, double p)
    {
        var deviation = Math.Sqrt(n * p * (1 - p));
        var b = 1.15 + (2.53 * deviation);
        var a = -0.0873 + (0.0248 * b) + (0.01 * p);
        var c = (n * p) + 0.5;
        var squeeze = 0.92 - (4.2 / b);
        var alpha = (2.83 + (5.1 / b)) * deviation;
        var mode = Probability.LogBinomial(Math.Floor((n + 1) * p), n, p);
        while (true) // fewer than 1.5 turns on average
        {
            var u = random.Unit() - 0.5;
            var v = random.Unit();
            var us = 0.5 - Math.Abs(u);
            var k = Math.Floor(((((2 * a) / us) + b) * u) + c);
            if (k < 0 || k > n) continue;
            if (us >= 0.07 && v <= squeeze) return k;
            if (Math.Log(v * alpha / ((a / (us * us)) + b)) <= Probability.LogBinomial(k, n, p) - mode) return k;
        }
    }
}
