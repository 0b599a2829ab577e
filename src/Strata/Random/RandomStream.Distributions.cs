using Strata.Operations;

namespace Strata.Random;

public sealed partial class RandomStream
{
    /// <summary>Truth values that are true with probability <paramref name="probability"/>.</summary>
    public Tensor Bernoulli(Shape shape, double probability) => probability is >= 0 and <= 1
        ? Uniform(shape) < probability
        : throw new ShapeException($"RandomStream.Bernoulli: {probability} is no probability; it must be in 0 … 1.");

    /// <summary>Truth values that are true with a probability for each.</summary>
    public Tensor Bernoulli(Tensor probability) => Uniform(probability.Shape, dtype: probability.DType.ToFloating()) < probability;

    /// <summary>Numbers of the standard Gumbel distribution, −ln(−ln u).</summary>
    public Tensor Gumbel(Shape shape, DType? dtype = null)
    {
        // u is a multiple of 2⁻²⁴ (2⁻⁵³); the shift by half a step keeps it off 0.
        var u = Uniform(shape, 0, 1, dtype);
        u += u.DType == DType.Float32 ? 1.0 / (1 << 25) : 1.0 / (1L << 54);
        return -(-u.Log()).Log();
    }

    /// <summary>One class a row, drawn with the probabilities softmax(<paramref name="logits"/>) of the last axis, by the Gumbel-max trick; int64.</summary>
    public Tensor Categorical(Tensor logits) => (logits + Gumbel(logits.Shape, logits.DType)).ArgMax(-1);

    /// <summary>Numbers of the gamma distribution, whose density is proportional to x^(concentration − 1)·e^(−x/scale): mean concentration·scale.</summary>
    /// <exception cref="ShapeException">The concentration is not above 0, or not finite.</exception>
    public Tensor Gamma(Shape shape, double concentration, double scale = 1, DType? dtype = null)
    {
        var x = new RandomGamma(shape, dtype ?? Configuration.FloatType).Apply(NextKey(), Number(concentration));
        return scale == 1 ? x : x * scale;
    }

    /// <summary>A number of the gamma distribution of scale 1 for each element of <paramref name="concentration"/>, which must be above 0. There is no
    /// gradient for it.</summary>
    public Tensor Gamma(Tensor concentration) => new RandomGamma(concentration.Shape, concentration.DType.ToFloating()).Apply(NextKey(), Numbers(concentration));

    /// <summary>Numbers in 0 … 1 of the beta distribution, whose density is proportional to x^(alpha − 1)·(1 − x)^(beta − 1): mean alpha/(alpha + beta).</summary>
    /// <exception cref="ShapeException">A parameter is not above 0, or not finite.</exception>
    public Tensor Beta(Shape shape, double alpha, double beta, DType? dtype = null) =>
        new RandomBeta(shape, dtype ?? Configuration.FloatType).Apply(NextKey(), Number(alpha), Number(beta));

    /// <summary>Numbers of the beta distribution for parameters that broadcast, which must be above 0. There is no gradient for them.</summary>
    public Tensor Beta(Tensor alpha, Tensor beta)
    {
        var shape = Shape.Broadcast(alpha.Shape, beta.Shape, "RandomStream.Beta");
        return new RandomBeta(shape, DTypes.Promote(alpha.DType, beta.DType).ToFloating()).Apply(NextKey(), Numbers(alpha, shape), Numbers(beta, shape));
    }

    /// <summary>Numbers of the Poisson distribution: of events in a time in which <paramref name="rate"/> of them are expected; int64.</summary>
    /// <exception cref="ShapeException">The rate is not in 0 … 10¹⁵.</exception>
    public Tensor Poisson(Shape shape, double rate) => new RandomPoisson(shape).Apply(NextKey(), Number(rate));

    /// <summary>A number of the Poisson distribution for each element of <paramref name="rate"/>, which must be in 0 … 10¹⁵; int64.</summary>
    public Tensor Poisson(Tensor rate) => new RandomPoisson(rate.Shape).Apply(NextKey(), Numbers(rate));

    /// <summary>Numbers of the binomial distribution: of successes in so many independent trials; int64.</summary>
    /// <exception cref="ShapeException">The number of trials is not in 0 … 10¹⁵, or the probability not in 0 … 1.</exception>
    public Tensor Binomial(Shape shape, long trials, double probability) => new RandomBinomial(shape).Apply(NextKey(), Number(trials), Number(probability));

    /// <summary>Numbers of the binomial distribution for numbers of trials and probabilities that broadcast; int64.</summary>
    public Tensor Binomial(Tensor trials, Tensor probability)
    {
        var shape = Shape.Broadcast(trials.Shape, probability.Shape, "RandomStream.Binomial");
        return new RandomBinomial(shape).Apply(NextKey(), Numbers(trials, shape), Numbers(probability, shape));
    }

    /// <summary>How often each class comes up in <paramref name="trials"/> draws; int64, like <paramref name="weights"/>.</summary>
    /// <param name="weights">Proportional to the probabilities of the classes in the last axis; 0 or more, not all 0.</param>
    /// <param name="trials">How many draws.</param>
    /// <param name="replacement">Whether a class may come up again; otherwise the counts are 0 and 1, and there may be no more draws than classes above 0.</param>
    /// <exception cref="ShapeException">The weights have no axis or no classes, or there are too many draws.</exception>
    public Tensor Multinomial(Tensor weights, int trials, bool replacement = true)
    {
        CheckDraws("Multinomial", weights, trials, replacement);
        return replacement
            ? new RandomMultinomial(trials).Apply(NextKey(), Numbers(weights))
            : Choice(weights, trials, replacement: false).OneHot(weights.Shape[^1], DType.Int64).Sum(-2);
    }

    /// <summary>The classes that come up in <paramref name="count"/> draws, in their order; int64 [.., count].</summary>
    /// <param name="weights">Proportional to the probabilities of the classes in the last axis; 0 or more, not all 0.</param>
    /// <param name="count">How many draws.</param>
    /// <param name="replacement">Whether a class may come up again. Otherwise each draw is among those left, with their weights, and there may be no more
    /// draws than classes above 0.</param>
    /// <exception cref="ShapeException">The weights have no axis or no classes, or there are too many draws.</exception>
    public Tensor Choice(Tensor weights, int count, bool replacement)
    {
        CheckDraws("Choice", weights, count, replacement);
        if (replacement) return new RandomChoice(count).Apply(NextKey(), Numbers(weights));

        // The order of ln w + Gumbel noise is that of draws without replacement (Yellott 1977).
        return (Numbers(weights).Log() + Gumbel(weights.Shape, DType.Float64)).TopK(count).Indices;
    }

    /// <summary>Some of the numbers 0 … <paramref name="population"/> − 1, all equally likely, in random order; int64 [count].</summary>
    /// <param name="population">How many numbers there are.</param>
    /// <param name="count">How many to draw.</param>
    /// <param name="replacement">Whether a number may be drawn again.</param>
    /// <exception cref="ShapeException">The population is too small.</exception>
    public Tensor Choice(int population, int count, bool replacement)
    {
        if (population < 1 || count < 0 || (!replacement && count > population))
            throw new ShapeException($"RandomStream.Choice: {count} draws {(replacement ? "with" : "without")} replacement from a population of {population}.");
        return replacement ? Integers([count], 0, population) : Permutation(population)[..count];
    }

    static void CheckDraws(string name, Tensor weights, int count, bool replacement)
    {
        if (weights.Rank == 0 || weights.Shape[^1] == 0) throw new ShapeException($"RandomStream.{name}: the weights are {weights.Shape}; their last axis must hold the classes, at least one.");
        if (count < 0 || (!replacement && count > weights.Shape[^1]))
            throw new ShapeException($"RandomStream.{name}: {count} draws {(replacement ? "with" : "without")} replacement from {weights.Shape[^1]} classes.");
    }

    static Tensor Number(double value) => Tensor.Scalar(value, DType.Float64);

    static Tensor Numbers(Tensor x) => x.Cast(DType.Float64);

    /// <summary>A parameter as float64: one number, or one for each element of the shape.</summary>
    static Tensor Numbers(Tensor x, Shape shape) => x.Size == 1 ? Numbers(x) : Numbers(x.BroadcastTo(shape));
}
