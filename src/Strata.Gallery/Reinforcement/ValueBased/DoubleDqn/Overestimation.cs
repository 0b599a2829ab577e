using Strata.Reinforcement;

namespace Strata.Gallery.Reinforcement.ValueBased;

/// <summary>The theorems on the bias of the maximum (van Hasselt et al. 2016), by simulation.</summary>
public static class Overestimation
{
    /// <summary>Theorem 1: errors of m ≥ 2 estimates with mean 0 and mean square C have a maximum of √(C/(m − 1)) or more.</summary>
    public static double LowerBound(int m, double c) => Math.Sqrt(c / (m - 1));

    /// <summary>The errors for which the bound is reached: m − 1 alike, and one that makes up for them.</summary>
    public static double[] Tight(int m, double c)
    {
        var errors = new double[m];
        Array.Fill(errors, LowerBound(m, c));
        errors[^1] = -Math.Sqrt(c * (m - 1));
        return errors;
    }

    /// <summary>Random errors that fulfill the conditions of theorem 1.</summary>
    public static double[] Constrained(int m, double c, NumpyRandom random)
    {
        var errors = Enumerable.Range(0, m).Select(_ => random.Normal()).ToArray();
        var mean = errors.Average();
        var scale = Math.Sqrt(c / errors.Average(e => (e - mean) * (e - mean)));
        return Array.ConvertAll(errors, e => (e - mean) * scale);
    }

    /// <summary>Theorem 2: the mean of the largest of m errors uniform in [−1, 1] is (m − 1)/(m + 1).</summary>
    public static double UniformBias(int m) => (m - 1.0) / (m + 1);

    /// <summary>The same by integration of x dF(x)^m, F(x) = (1 + x)/2, with Gauss's rule on pieces.</summary>
    public static double UniformBiasByQuadrature(int m)
    {
        const int Pieces = 2000;
        ReadOnlySpan<(double X, double Weight)> rule = [(-0.7745966692414834, 5.0 / 9), (0, 8.0 / 9), (0.7745966692414834, 5.0 / 9)];
        var sum = 0.0;
        for (var i = 0; i < Pieces; i++)
        {
            foreach (var (x, weight) in rule)
            {
                var at = -1 + ((i + ((x + 1) / 2)) * 2 / Pieces);
                sum += weight / Pieces * at * m / 2 * Math.Pow((1 + at) / 2, m - 1);
            }
        }

        return sum;
    }

    /// <summary>The same by drawing.</summary>
    public static double UniformBiasByDrawing(int m, int draws, NumpyRandom random)
    {
        var sum = 0.0;
        for (var i = 0; i < draws; i++)
        {
            var most = -1.0;
            for (var a = 0; a < m; a++) most = Math.Max(most, random.Uniform(-1, 1));
            sum += most;
        }

        return sum / draws;
    }

    /// <summary>Figure 1: with Q(s, a) = V* + ε_a, ε_a normal, the mean of max_a Q − V*, and of Q'(s, argmax_a Q) − V* with another set Q'.</summary>
    /// <param name="m">Actions.</param>
    /// <param name="repetitions">The mean is over so many.</param>
    /// <param name="random">Where errors are drawn from.</param>
    public static (double Single, double Double) NormalBias(int m, int repetitions, NumpyRandom random)
    {
        var (single, twice) = (0.0, 0.0);
        for (var i = 0; i < repetitions; i++)
        {
            var most = double.NegativeInfinity;
            for (var a = 0; a < m; a++) most = Math.Max(most, random.Normal());
            single += most / repetitions;
            twice += random.Normal() / repetitions; // the other set's error of the chosen action
        }

        return (single, twice);
    }

    /// <summary>E of the largest of m standard normal numbers, ∫ x dΦ(x)^m.</summary>
    public static double ExpectedNormalMaximum(int m)
    {
        const double Width = 1e-3;
        var (sum, cumulated) = (0.0, 0.0);
        for (var x = -9.0; x < 9; x += Width)
        {
            var next = cumulated + (Width * Math.Exp(-(x + (Width / 2)) * (x + (Width / 2)) / 2) / Math.Sqrt(Math.Tau));
            sum += (x + (Width / 2)) * (Math.Pow(next, m) - Math.Pow(cumulated, m));
            cumulated = next;
        }

        return sum;
    }
}
