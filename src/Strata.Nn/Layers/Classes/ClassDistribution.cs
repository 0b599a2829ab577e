using Strata.Random;

namespace Strata.Nn;

/// <summary>A fixed distribution over classes that wrong answers are drawn from.</summary>
public sealed class ClassDistribution
{
    readonly double[] weights;
    readonly Tensor cumulative; // float64: in float32 rare classes of large vocabularies would never be drawn

    /// <summary>Draws classes in proportion to weights.</summary>
    /// <param name="weights">At least 0, with a positive sum: how often each class occurs.</param>
    /// <exception cref="StrataException">A weight is negative or not finite, or their sum is not positive.</exception>
    public ClassDistribution(ReadOnlySpan<double> weights)
    {
        this.weights = weights.ToArray();
        var (p, sums, total) = (weights.ToArray(), new double[weights.Length], 0.0);
        foreach (var w in p)
            total += w >= 0 && double.IsFinite(w) ? w : throw new StrataException($"ClassDistribution: a weight is {w}; weights are at least 0 and finite.");
        if (!(total > 0)) throw new StrataException("ClassDistribution: the sum of the weights must be positive.");
        var sum = 0.0;
        for (var i = 0; i < p.Length; i++)
        {
            p[i] /= total;
            sums[i] = sum += p[i];
        }

        Count = p.Length;
        LogProbabilities = Tensor.From(p).Log().Keep();
        cumulative = Tensor.From(sums).Keep();
    }

    /// <summary>The number of classes.</summary>
    public int Count { get; }

    /// <summary>The weights that were given.</summary>
    internal ReadOnlySpan<double> Weights => weights;

    /// <summary>The logarithms of the probabilities, float64 [count].</summary>
    public Tensor LogProbabilities { get; }

    /// <summary>All classes alike.</summary>
    public static ClassDistribution Uniform(int count) => new(Enumerable.Repeat(1.0, count).ToArray());

    /// <summary>p(k) = ln((k + 2)/(k + 1))/ln(count + 1): near to Zipf's law for classes in the order of falling frequency.</summary>
    public static ClassDistribution LogUniform(int count) => new([.. Enumerable.Range(0, count).Select(k => Math.Log((k + 2.0) / (k + 1)))]);

    /// <summary>p(k) in proportion to a power of the frequency; ¾ in Mikolov et al. 2013.</summary>
    public static ClassDistribution Unigram(ReadOnlySpan<long> frequencies, double power = 0.75) => new([.. frequencies.ToArray().Select(f => Math.Pow(f, power))]);

    /// <summary><paramref name="samples"/> classes, drawn with replacement: int64.</summary>
    public Tensor Sample(int samples, RandomStream random) =>
        Tensor.Minimum(cumulative.SearchSorted(random.Uniform([samples], dtype: DType.Float64), right: true), Tensor.Scalar(Count - 1, DType.Int64));
}
