using Strata.Random;

namespace Strata.Tests.Random;

public sealed class DistributionTests
{
    const int Many = 1_000_000;
    const int Fewer = 100_000;

    [Theory]
    [InlineData(.2, 1, DType.Float64)]
    [InlineData(1, 3, DType.Float32)]
    [InlineData(4.5, .5, DType.Float32)]
    [InlineData(300, 1, DType.Float64)]
    public void Gamma_numbers_have_their_moments(double concentration, double scale, DType type) => Sample.Moments(
        new RandomStream(1).Gamma([Many], concentration, scale, type), concentration * scale, concentration * scale * scale, excess: 6 / concentration);

    [Fact]
    public void Gamma_numbers_have_the_distribution_functions_of_the_books()
    {
        var random = new RandomStream(2);
        Sample.Distribution(random.Gamma([Fewer], 1), x => 1 - (-x).Exp()); // exponential
        Sample.Distribution(random.Gamma([Fewer], 2), x => 1 - ((1 + x) * (-x).Exp()));
        Sample.Distribution(random.Gamma([Fewer], .5, dtype: DType.Float64), x => x.Sqrt().Erf()); // half the square of a normal number
    }

    [Theory]
    [InlineData(.5, .5)]
    [InlineData(2, 5)]
    [InlineData(40, .3)]
    public void Beta_numbers_have_their_moments(double a, double b)
    {
        var n = a + b;
        var variance = a * b / (n * n * (n + 1));
        var excess = 6 * (((a - b) * (a - b) * (n + 1)) - (a * b * (n + 2))) / (a * b * (n + 2) * (n + 3));
        var x = new RandomStream(3).Beta([Many], a, b);
        Sample.Moments(x, a / n, variance, excess);
        Assert.True(x.Min().Item() >= 0 && x.Max().Item() <= 1);
    }

    [Fact]
    public void Beta_numbers_of_small_parameters_are_at_the_ends_and_never_0_over_0()
    {
        var x = new RandomStream(4).Beta([Fewer], .001, .003);
        Sample.Distribution(new RandomStream(4).Beta([Fewer], .5, .5, DType.Float64), v => v.Sqrt().Asin() * (2 / Math.PI)); // arcsine law
        Assert.True(x.IsFinite().All().Item() == 1);
        Assert.Equal(.25, (x > .5).Cast(DType.Float64).Mean().Item(), 4 * Math.Sqrt(.25 * .75 / Fewer) + .003);
    }

    [Theory]
    [InlineData(.1)]
    [InlineData(3.5)]
    [InlineData(9.99)]
    [InlineData(10)]
    [InlineData(87.3)]
    [InlineData(2e9)]
    public void Poisson_numbers_have_their_moments(double rate) => Sample.Moments(new RandomStream(5).Poisson([Many], rate), rate, rate, excess: 1 / rate);

    [Theory]
    [InlineData(3.5)]
    [InlineData(12)]
    [InlineData(50)]
    public void Poisson_numbers_have_their_probabilities(double rate) =>
        Sample.ChiSquare(new RandomStream(6).Poisson([2 * Fewer], rate), k => Math.Exp((k * Math.Log(rate)) - rate - LogFactorial(k)));

    [Theory]
    [InlineData(1, .3)]
    [InlineData(20, .9)]
    [InlineData(1000, .002)]
    [InlineData(500, .37)]
    [InlineData(3_000_000_000, .75)]
    public void Binomial_numbers_have_their_moments(long n, double p) => Sample.Moments(
        new RandomStream(7).Binomial([Many], n, p), n * p, n * p * (1 - p), excess: (1 - (6 * p * (1 - p))) / (n * p * (1 - p)));

    [Theory]
    [InlineData(12, .4)]
    [InlineData(12, .97)]
    [InlineData(60, .35)]
    [InlineData(400, .5)]
    public void Binomial_numbers_have_their_probabilities(int n, double p) => Sample.ChiSquare(
        new RandomStream(8).Binomial([2 * Fewer], n, p),
        k => k > n ? 0 : Math.Exp(LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k) + (k * Math.Log(p)) + ((n - k) * Math.Log(1 - p))));

    [Fact]
    public void Certain_outcomes_are_certain()
    {
        var random = new RandomStream(9);
        Check.Equal(Tensor.Zeros([50], DType.Int64), random.Poisson([50], 0));
        Check.Equal(Tensor.Zeros([50], DType.Int64), random.Binomial([50], 0, .5));
        Check.Equal(Tensor.Zeros([50], DType.Int64), random.Binomial([50], 100, 0));
        Check.Equal(Tensor.Full([50], 100, DType.Int64), random.Binomial([50], 100, 1));
        Check.Equal(Tensor.Full([50], 1, DType.Int64), random.Choice(Tensor.From(0f, 3, 0), 50, replacement: true));
        Check.Equal(Tensor.From(0L, 7, 0), random.Multinomial(Tensor.From(0f, 3, 0), 7));
        Check.Equal(Tensor.From(true, false), random.Bernoulli(Tensor.From(1f, 0)));
    }

    [Fact]
    public void Parameters_may_differ_from_element_to_element()
    {
        var (random, ones) = (new RandomStream(10), Tensor.Ones([Fewer, 1]));
        var rates = Tensor.From([2f, 40], [2]);
        var poisson = random.Poisson(ones * rates);
        var gamma = random.Gamma(ones * rates);
        var binomial = random.Binomial(Tensor.From(8, 100), ones * .25);
        var beta = random.Beta(ones * rates, Tensor.Scalar(3));
        for (var i = 0; i < 2; i++)
        {
            var rate = rates[i].Item();
            Sample.Moments(poisson[.., i], rate, rate, 1 / rate);
            Sample.Moments(gamma[.., i], rate, rate, 6 / rate);
            var n = i == 0 ? 8.0 : 100;
            Sample.Moments(binomial[.., i], n * .25, n * .1875, (1 - (6 * .1875)) / (n * .1875));
            Assert.Equal(rate / (rate + 3), beta[.., i].Mean().Item(), 4 * Math.Sqrt(3 * rate / (rate + 3) / (rate + 3) / (rate + 4) / Fewer));
        }
    }

    [Fact]
    public void Counts_and_choices_come_with_their_weights()
    {
        double[] p = [.1, 0, .2, .3, .4];
        var weights = Tensor.From(p) * 7.0;
        var counts = new RandomStream(11).Multinomial(weights, Many).ToArray<long>();
        Assert.Equal(Many, counts.Sum());
        Assert.Equal(0, counts[1]);
        Sample.ChiSquare(Without(counts, 1), Without(p, 1));

        // Many small counts: those of one class are binomial.
        var small = new RandomStream(12).Multinomial(weights.BroadcastTo([Fewer, 5]), 6);
        Assert.True((small.Sum(-1).EqualTo(6L)).All().Item() == 1);
        Sample.Moments(small[.., 4], 2.4, 1.44, (1 - (6 * .24)) / 1.44);

        var chosen = new long[5];
        foreach (var i in new RandomStream(13).Choice(weights, Many, replacement: true).ToArray<long>()) chosen[i]++;
        Sample.ChiSquare(Without(chosen, 1), Without(p, 1));
    }

    [Fact]
    public void Draws_without_replacement_are_draws_among_those_left()
    {
        double[] p = [.5, .3, .2];
        var pairs = new RandomStream(14).Choice(Tensor.From(p).BroadcastTo([Fewer, 3]), 2, replacement: false).ToArray<long>();
        var counts = new long[9];
        for (var i = 0; i < pairs.Length; i += 2) counts[(3 * pairs[i]) + pairs[i + 1]]++;
        int[] possible = [1, 2, 3, 5, 6, 7];
        Assert.Equal(Fewer, possible.Sum(i => counts[i])); // nothing twice
        Sample.ChiSquare([.. possible.Select(i => counts[i])], [.. possible.Select(i => p[i / 3] * p[i % 3] / (1 - p[i / 3]))]);

        var marks = new RandomStream(14).Multinomial(Tensor.From(p).BroadcastTo([4, 3]), 2, replacement: false);
        Assert.Equal([2, 2, 2, 2], marks.Sum(-1).ToArray<long>());
        Assert.Equal(1, marks.Max().Item());
    }

    [Fact]
    public void Equal_choices_are_of_the_population()
    {
        var random = new RandomStream(15);
        var counts = new long[6];
        foreach (var i in random.Choice(6, 60_000, replacement: true).ToArray<long>()) counts[i]++;
        Sample.ChiSquare(counts, [.. Enumerable.Repeat(1.0 / 6, 6)]);
        var some = random.Choice(1000, 400, replacement: false).ToArray<long>();
        Assert.Equal(400, some.Distinct().Count());
        Assert.True(some.All(i => i is >= 0 and < 1000));
    }

    [Fact]
    public void No_numbers_are_drawn_for_empty_shapes()
    {
        var random = new RandomStream(17);
        Assert.Equal([0, 3], random.Gamma([0, 3], 1).Shape);
        Assert.Equal([0, 3], random.Multinomial(Tensor.Zeros([0, 3]), 5).Shape);
        Assert.Equal([2, 0], random.Choice(Tensor.Ones([2, 3]), 0, replacement: true).Shape);
        Assert.Equal([0], random.Permutation(0).Shape);
    }

    [Fact]
    public void Wrong_parameters_are_named()
    {
        var random = new RandomStream(18);
        Check.Fails("RandomGamma: the concentration is -1; it must be above 0 and finite.", () => random.Gamma([2], -1));
        Check.Fails("RandomGamma: the concentration at 1 is NaN; it must be above 0 and finite.", () => random.Gamma(Tensor.From(1f, float.NaN)));
        Check.Fails("RandomGamma: its numbers are float32 or float64, not int32.", () => random.Gamma([2], 1, dtype: DType.Int32));
        Check.Fails("RandomBeta: the β is 0; it must be above 0 and finite.", () => random.Beta([2], 1, 0));
        Check.Fails("RandomPoisson: the rate is -0.5; it must be in 0 … 10¹⁵.", () => random.Poisson([2], -.5));
        Check.Fails("RandomBinomial: the number of trials at 0 is 2.5; it must be a whole number in 0 … 10¹⁵.", () => random.Binomial(Tensor.From(2.5), Tensor.From(.5)));
        Check.Fails("RandomBinomial: the probability is 2; it must be in 0 … 1.", () => random.Binomial([2], 3, 2));
        Check.Fails("RandomMultinomial: the weights of a row are all 0; at least one must be above.", () => random.Multinomial(Tensor.Zeros([3]), 2));
        Check.Fails("RandomChoice: the weight at 1 is -1; it must be 0 or more and finite.", () => random.Choice(Tensor.From(1f, -1), 2, replacement: true));
        Check.Fails("RandomStream.Choice: the weights are [2, 0]; their last axis must hold the classes, at least one.", () => random.Choice(Tensor.Zeros([2, 0]), 1, true));
        Check.Fails("RandomStream.Choice: 4 draws without replacement from 3 classes.", () => random.Choice(Tensor.Ones([3]), 4, replacement: false));
        Check.Fails("RandomStream.Choice: 4 draws without replacement from a population of 3.", () => random.Choice(3, 4, replacement: false));
        Check.Fails("RandomGamma: it has no gradient.", () => Gradient.Of(a => random.Gamma(a).Sum(), Tensor.From(1f, 2)));
    }

    static T[] Without<T>(T[] items, int index) => [.. items[..index], .. items[(index + 1)..]];

    static double LogFactorial(int n) => Enumerable.Range(1, n).Sum(i => Math.Log(i));
}
