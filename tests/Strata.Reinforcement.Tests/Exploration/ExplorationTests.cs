using Strata.Nn;

namespace Strata.Reinforcement.Tests;

public sealed class ExplorationTests
{
    [Fact]
    public void The_greedy_action_has_the_probability_1_minus_epsilon_plus_its_share()
    {
        Assert.Equal([0.05, 0.85, 0.05, 0.05], Exploration.EpsilonGreedyProbabilities([1, 3, 2, 0], 0.2), (a, b) => Math.Abs(a - b) < 1e-12);
        var random = new NumpyRandom(1);
        var counts = new int[4];
        for (var i = 0; i < 20_000; i++) counts[Exploration.EpsilonGreedy([1, 3, 2, 0], 0.2, random)]++;
        Assert.InRange(counts[1], 16_800, 17_200);
    }

    [Fact]
    public void Ties_are_broken_uniformly()
    {
        var random = new NumpyRandom(1);
        var counts = new int[4];
        for (var i = 0; i < 30_000; i++) counts[Exploration.Greedy([2, 1, 2, 2], random)]++;
        Assert.Equal(0, counts[1]);
        foreach (var a in new[] { 0, 2, 3 }) Assert.InRange(counts[a], 9_650, 10_350);
    }

    [Fact]
    public void Softmax_draws_in_proportion_to_the_exponentials()
    {
        var random = new NumpyRandom(1);
        var ones = 0;
        for (var i = 0; i < 20_000; i++) ones += Exploration.Softmax([0, 1], random, 0.5);
        Assert.Equal(1 / (1 + Math.Exp(-2)), ones / 20_000.0, 0.01);
    }

    [Fact]
    public void Entropies_are_the_closed_forms()
    {
        Assert.Equal(Math.Log(4), new Categorical(Tensor.Zeros([1, 4])).Entropy().Item(), 6);
        var gaussian = new DiagonalGaussian(Tensor.Zeros([1, 1]), Tensor.Full([1, 1], 4.0, DType.Float32));
        Assert.Equal(0.5 * Math.Log(Math.Tau * Math.E * 4), gaussian.Entropy().Item(), 6);
        Assert.Equal(-0.5 * ((9.0 / 4) + Math.Log(Math.Tau * 4)), gaussian.LogProbability(Tensor.Full([1, 1], 3.0, DType.Float32)).Item(), 6);
        Assert.Equal(Math.Log(2), new BernoulliPolicy(Tensor.Zeros([1, 1])).Entropy().Item(), 6);
    }

    // ∂J/∂θ_k = π_k(f_k − Σ_j π_j f_j): the estimator summed over all actions with the weights π.
    [Fact]
    public void The_score_function_estimates_the_gradient_of_a_bandit()
    {
        var theta = Tensor.From(new double[,] { { 0.3, -0.2, 0.5 } });
        double[] f = [1, 2, -1];
        var pi = theta.Softmax().ToArray<double>();
        var estimate = Gradient.Of(
            t =>
            {
                var logits = t.Tile(3, 1);
                var weights = Tensor.From<double>([pi[0] * f[0], pi[1] * f[1], pi[2] * f[2]]);
                return (weights * new Categorical(logits).LogProbability(Tensor.From(new long[,] { { 0 }, { 1 }, { 2 } }))).Sum();
            },
            theta).ToArray<double>();
        var mean = pi.Zip(f, (p, x) => p * x).Sum();
        for (var k = 0; k < 3; k++) Assert.Equal(pi[k] * (f[k] - mean), estimate[k], 1e-6);
    }
}
