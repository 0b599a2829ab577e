namespace Strata.Gallery.Reinforcement.ValueBased;

/// <summary>Figure 2: ten actions of equal worth V*(s), each estimated by a polynomial through V* at other integers. No noise is involved, and still the largest
/// estimate is too large almost everywhere.</summary>
/// <param name="Name">The formula of V*.</param>
/// <param name="Worth">V*.</param>
/// <param name="Degree">The degree of the polynomials.</param>
public sealed record PolynomialExperiment(string Name, Func<double, double> Worth, int Degree)
{
    /// <summary>Actions.</summary>
    public const int Actions = 10;

    const double Low = -6, High = 6;

    /// <summary>The three rows of the figure.</summary>
    public static IReadOnlyList<PolynomialExperiment> Rows { get; } =
    [
        new("sin s", Math.Sin, 6),
        new("2 exp(−s²)", s => 2 * Math.Exp(-s * s), 6),
        new("2 exp(−s²)", s => 2 * Math.Exp(-s * s), 9),
    ];

    /// <summary>The integers that action <paramref name="i"/>, from 1, is sampled at: −6 … 6 without −6 + i and −5 + i.</summary>
    public static double[] Samples(int i) => [.. Enumerable.Range(-6, 13).Where(s => s != -6 + i && s != -5 + i).Select(s => (double)s)];

    /// <summary>States spread evenly over [−6, 6], ends included.</summary>
    public static double[] States(int count) => [.. Enumerable.Range(0, count).Select(k => Low + ((High - Low) * k / (count - 1)))];

    /// <summary>Q(s, a_i) at states, for each action.</summary>
    public double[][] Estimates(double[] states) => [.. Enumerable.Range(1, Actions).Select(i => Fit(Samples(i), states))];

    /// <summary>max_a Q(s, a) − V*(s), and the same with the chosen action judged by the samples of another: i + 5, or i − 5 above 5.</summary>
    public (double[] Single, double[] Double) Biases(double[] states)
    {
        var q = Estimates(states);
        double[] single = new double[states.Length], twice = new double[states.Length];
        for (var k = 0; k < states.Length; k++)
        {
            var best = Enumerable.Range(0, Actions).MaxBy(i => q[i][k]);
            single[k] = q[best][k] - Worth(states[k]);
            twice[k] = q[(best + 5) % Actions][k] - Worth(states[k]);
        }

        return (single, twice);
    }

    // Least squares by A = QR, on powers of s/6, which are far from linearly dependent as those of s are not.
    double[] Fit(double[] samples, double[] states)
    {
        var (q, r) = Powers(samples).Qr();
        var values = Tensor.From(Array.ConvertAll(samples, s => Worth(s)), [samples.Length, 1]);
        var coefficients = r.TriangularSolve(q.MatMul(values, transposeA: true), lower: false);
        return Powers(states).MatMul(coefficients).ToArray<double>();
    }

    Tensor Powers(double[] s)
    {
        var a = new double[s.Length, Degree + 1];
        for (var k = 0; k < s.Length; k++)
            for (var d = 0; d <= Degree; d++) a[k, d] = Math.Pow(s[k] / High, d);
        return Tensor.From(a);
    }
}
