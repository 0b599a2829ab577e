using Strata.Random;

namespace Strata.Nn.Tests.Distributions;

public sealed class DiagonalGaussianTests
{
    static DiagonalGaussian Gaussian(float mean, float variance, int size = 3) => new(Tensor.Full([1, size], mean), Tensor.Full([1, size], variance));

    [Fact]
    public void The_divergence_of_the_standard_from_itself_is_0() => Assert.Equal(0, Gaussian(0, 1).KullbackLeiblerToStandard().Item());

    [Fact]
    public void A_mean_of_1_costs_half_a_nat_a_dimension() => Assert.Equal(1.5, Gaussian(1, 1).KullbackLeiblerToStandard().Item(), 1e-6);

    // ½(ln(q²/p²) + (p² + d²)/q² − 1) for p² = .5, q² = 2, d = 1.
    [Fact]
    public void The_divergence_between_two_has_the_value_of_its_closed_form()
    {
        var expected = 0.5 * (Math.Log(4) + (1.5 / 2) - 1);
        Assert.Equal(3 * expected, Gaussian(1, 0.5f).KullbackLeibler(Gaussian(0, 2)).Item(), 1e-6);
        Assert.Equal(Gaussian(1, 0.5f).KullbackLeiblerToStandard().Item(), Gaussian(1, 0.5f).KullbackLeibler(DiagonalGaussian.Standard()).Item(), 1e-6);
    }

    [Fact]
    public void Samples_have_mean_and_variance_and_the_entropy_is_their_mean_surprise()
    {
        var p = Gaussian(2, 0.25f);
        var x = p.Sample(new RandomStream(1).Normal([50_000, 3]));
        Assert.Equal(2, x.Mean().Item(), 0.01);
        Assert.Equal(0.25, x.Variance().Item(), 0.01);
        Assert.Equal(p.Entropy().Item(), -p.LogProbability(x).Mean().Item(), 0.02);
    }

    [Fact]
    public void The_score_is_the_gradient_in_the_mean()
    {
        var x = new RandomStream(1).Normal([4, 3]);
        var mean = new RandomStream(2).Normal([4, 3]);
        var variance = new RandomStream(3).Uniform([4, 3], 0.5, 2);
        var gradient = Gradient.Of(m => new DiagonalGaussian(m, variance).LogProbability(x).Sum(), mean).ToArray<float>();
        Assert.Equal(gradient, new DiagonalGaussian(mean, variance).MeanScore(x).ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void The_logarithm_of_the_variance_says_the_same()
    {
        var x = new RandomStream(1).Normal([4, 3]);
        var a = new DiagonalGaussian(x, Tensor.Full([4, 3], 0.5)).LogProbability(x + 1.0).ToArray<float>();
        var b = DiagonalGaussian.FromLogVariance(x, Tensor.Full([4, 3], Math.Log(0.5))).LogProbability(x + 1.0).ToArray<float>();
        Assert.Equal(a, b, (s, t) => Math.Abs(s - t) < 1e-5);
    }
}
