using Strata.Gallery.Generative.Latent;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Tests.Generative;

public sealed class VaeTests
{
    readonly Tensor x = (new RandomStream(1).Uniform([5, 12]) > 0.5).Cast(DType.Float32);

    [Fact]
    public void The_paper_s_network_with_20_latent_units_has_815824_weights() => Assert.Equal(815_824, Vae.Create(784, 500, 20, 1).ParameterCount);

    // One sample, the same noise: the two are one formula.
    [Fact]
    public void The_importance_estimate_of_one_sample_is_the_bound_bit_for_bit()
    {
        var vae = Vae.Create(12, 8, 3, 1);
        var noise = new RandomStream(2).Normal([1, 5, 3]);
        Assert.Equal(vae.LogWeights(x, noise[0]).ToArray<float>(), vae.ImportanceWeighted(x, noise).ToArray<float>());
    }

    [Fact]
    public void Both_forms_of_the_bound_have_the_same_mean()
    {
        var vae = Vae.Create(12, 8, 3, 1);
        var noise = new RandomStream(2).Normal([20_000, 5, 3]);
        var a = vae.LogWeights(x, noise).Mean().Item();
        var b = vae.Bound(x, noise).Mean().Item();
        Assert.Equal(a, b, 0.02);
    }

    [Fact]
    public void More_samples_raise_the_estimate()
    {
        var vae = Vae.Create(12, 8, 3, 1);
        var random = new RandomStream(3);
        double Estimate(int k) => Enumerable.Range(0, 200).Average(_ => vae.ImportanceWeighted(x, random.Normal([k, 5, 3])).Mean().Item());
        var (one, five, fifty) = (Estimate(1), Estimate(5), Estimate(50));
        Assert.True(one < five && five < fifty, $"{one} {five} {fifty}");
    }

    [Fact]
    public void The_gradient_of_the_bound_is_that_of_finite_differences_while_the_noise_stays()
    {
        var vae = Vae.Create(12, 8, 3, 1);
        var noise = new RandomStream(2).Normal([5, 3]);
        double Bound() => vae.Bound(x, noise).Sum().Item();
        foreach (var (variable, gradient) in vae.TrainableWeights.Zip(Gradient.Of(() => vae.Bound(x, noise).Sum(), vae.TrainableWeights)))
        {
            // In one random direction for each weight.
            var value = variable.Value;
            var direction = new RandomStream(4).Normal(value.Shape);
            const double step = 1e-2;
            variable.Assign(value + (direction * step));
            var above = Bound();
            variable.Assign(value - (direction * step));
            var below = Bound();
            variable.Assign(value);
            var expected = (above - below) / (2 * step);
            Assert.Equal(expected, (gradient * direction).Sum().Item(), 0.01 * Math.Max(1, Math.Abs(expected)));
        }
    }

    // x = Az + noise with A of orthogonal columns: the posterior is diagonal and known, and every weight is p(x) itself.
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void With_the_true_posterior_any_number_of_samples_gives_the_likelihood(int k)
    {
        const double a = 1.5, b = 0.5, s2 = 0.25; // x1 = a·z1, x2 = b·z2, noise of variance s2
        var vae = Vae.CreateLinear(2, 2, 1);
        double[] gains = [a / ((a * a) + s2), b / ((b * b) + s2)];
        double[] variances = [s2 / ((a * a) + s2), s2 / ((b * b) + s2)];
        vae.SetWeights(
        [
            Tensor.From([(float)gains[0], 0, 0, (float)gains[1]], [2, 2]), Tensor.Zeros([2]),
            Tensor.From([(float)Math.Log(variances[0]), (float)Math.Log(variances[1])], [1, 2]),
            Tensor.From([(float)a, 0, 0, (float)b], [2, 2]), Tensor.Zeros([2]),
            Tensor.From([(float)Math.Log(s2)], [1, 1]),
        ]);
        float[] point = [0.7f, -1.2f];
        var likelihood = Normal(point[0], (a * a) + s2) + Normal(point[1], (b * b) + s2);
        var estimate = vae.ImportanceWeighted(Tensor.From(point, [1, 2]), new RandomStream(5).Normal([k, 1, 2])).Item();
        Assert.Equal(likelihood, estimate, 1e-5);

        static double Normal(double x, double variance) => -0.5 * ((x * x / variance) + Math.Log(Math.Tau * variance));
    }

    [Fact]
    public void A_compiled_update_raises_the_bound()
    {
        var vae = Vae.Create(12, 8, 3, 1);
        var update = vae.Training(new Adam(0.01), new RandomStream(6));
        var first = Enumerable.Range(0, 20).Average(_ => update(x).Item());
        for (var i = 0; i < 300; i++) update(x);
        Assert.True(Enumerable.Range(0, 20).Average(_ => update(x).Item()) > first + 2);
    }

    [Fact]
    public void Without_MNIST_the_paper_preset_fails_with_one_sentence() => Assert.Equal(
        "The preset 'paper' needs the four IDX files of MNIST (train-images-idx3-ubyte.gz and its three companions); put the files into a folder and name it with --data DIR.",
        Assert.Throws<StrataException>(() => RecipeRunner.Run(Recipes.Get("vae"), new RunOptions { Preset = "paper", Directory = Path.Combine(Path.GetTempPath(), "strata-vae-paper") })).Message);
}
