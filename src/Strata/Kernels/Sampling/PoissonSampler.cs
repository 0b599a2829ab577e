namespace Strata.Kernels.Sampling;

/// <summary>The Poisson distribution: small rates by inversion, others by transformed rejection (Hörmann 1993, "The transformed rejection method for
/// generating Poisson random variables", algorithm PTRS).</summary>
internal readonly struct PoissonSampler(Parameter rate) : ISampler
{
    const double Small = 10; // the transformed rejection is made for rates from here on

    public double Draw(ref DrawSequence random, long i) => rate[i] < Small ? Invert(ref random, rate[i]) : Reject(ref random, rate[i]);

    static double Invert(ref DrawSequence random, double rate)
    {
        var u = random.Unit();
        var (k, p) = (0.0, Math.Exp(-rate));
        for (var sum = p; u > sum && sum + p > sum; sum += p)
        {
            k++;
            p *= rate / k;
        }

        return k;
    }

    static double Reject(ref DrawSequence random, double rate)
    {
        var b = 0.931 + (2.53 * Math.Sqrt(rate));
        var a = -0.059 + (0.02483 * b);
        var inverseAlpha = 1.1239 + (1.1328 / (b - 3.4));
        var squeeze = 0.9277 - (3.6224 / (b - 2));
        while (true) // fewer than 1.3 turns on average
        {
            var u = random.Unit() - 0.5;
            var v = random.Unit();
            var us = 0.5 - Math.Abs(u);
            var k = Math.Floor(((((2 * a) / us) + b) * u) + rate + 0.43);
            if (us >= 0.07 && v <= squeeze) return k;
            if (k < 0 || (us < 0.013 && v > us)) continue;
            if (Math.Log(v * inverseAlpha / ((a / (us * us)) + b)) <= Probability.LogPoisson(k, rate)) return k;
        }
    }
}
