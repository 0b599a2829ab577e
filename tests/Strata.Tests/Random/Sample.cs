namespace Strata.Tests.Random;

/// <summary>Whether numbers are what a distribution gives, within four standard errors.</summary>
internal static class Sample
{
    /// <summary>Mean and variance.</summary>
    /// <param name="x">The numbers.</param>
    /// <param name="mean">Of the distribution.</param>
    /// <param name="variance">Of the distribution.</param>
    /// <param name="excess">The distribution's kurtosis less the normal one's, 3.</param>
    public static void Moments(Tensor x, double mean, double variance, double excess = 0)
    {
        x = x.Cast(DType.Float64);
        Assert.Equal(mean, x.Mean().Item(), 4 * Math.Sqrt(variance / x.Size));
        Assert.Equal(variance, x.Variance().Item(), 4 * variance * Math.Sqrt((2 + excess) / x.Size));
    }

    /// <summary>Counts of classes, by Pearson's χ².</summary>
    public static void ChiSquare(ReadOnlySpan<long> counts, ReadOnlySpan<double> probabilities)
    {
        var (n, statistic) = (0L, 0.0);
        foreach (var c in counts) n += c;
        for (var i = 0; i < counts.Length; i++) statistic += Math.Pow(counts[i] - (n * probabilities[i]), 2) / (n * probabilities[i]);
        var degrees = counts.Length - 1;
        Assert.True(statistic < degrees + (4 * Math.Sqrt(2 * degrees)), $"χ² = {statistic} with {degrees} degrees of freedom");
    }

    /// <summary>Whole numbers: those whose probability is small are counted together.</summary>
    public static void ChiSquare(Tensor x, Func<int, double> probability)
    {
        var values = x.ToArray<long>();
        var counts = new long[(int)values.Max() + 2];
        foreach (var v in values) counts[v]++;
        var (kept, p) = (new List<long>(), new List<double>());
        for (var k = 0; k < counts.Length; k++)
            if (probability(k) * values.Length >= 20)
            {
                kept.Add(counts[k]);
                p.Add(probability(k));
            }

        kept.Add(values.Length - kept.Sum());
        p.Add(1 - p.Sum());
        ChiSquare(kept.ToArray(), p.ToArray());
    }

    /// <summary>The largest distance of the numbers' distribution function from another (Kolmogorov and Smirnov).</summary>
    public static void Distribution(Tensor x, Func<Tensor, Tensor> below)
    {
        x = x.Cast(DType.Float64).Sort();
        var share = (Tensor.Arange((int)x.Size).Cast(DType.Float64) + .5) / x.Size;
        var distance = (below(x) - share).Abs().Max().Item() * Math.Sqrt(x.Size);
        Assert.True(distance < 2.2, $"√n·D = {distance}"); // P ≈ 1e-4
    }
}
