using Strata.Gallery.Generative.Adversarial;
using Strata.Random;

namespace Strata.Gallery.Tests.Generative;

public sealed class GanTests
{
    // With D* the value of the game is −ln 4 + 2·JSD(p ‖ p_g): theorem 1, here on three points.
    [Fact]
    public void The_best_discriminator_makes_the_value_a_Jensen_Shannon_divergence()
    {
        double[] p = [0.5, 0.3, 0.2], q = [0.1, 0.3, 0.6];
        var best = Gan.OptimalDiscriminator(Tensor.From(p, [3]), Tensor.From(q, [3])).ToArray<double>();
        var value = 0.0;
        var divergence = 0.0;
        for (var i = 0; i < 3; i++)
        {
            value += (p[i] * Math.Log(best[i])) + (q[i] * Math.Log(1 - best[i]));
            var m = (p[i] + q[i]) / 2;
            divergence += ((p[i] * Math.Log(p[i] / m)) + (q[i] * Math.Log(q[i] / m))) / 2;
        }

        Assert.Equal(-Math.Log(4) + (2 * divergence), value, 1e-12);
    }

    [Fact]
    public void The_data_cover_all_modes_of_the_ring_and_one_point_covers_one()
    {
        Assert.Equal(8, GanRecipe.Covered(GanRecipe.Real(new RandomStream(1), 2000)));
        Assert.Equal(1, GanRecipe.Covered(Tensor.From([2f, 0, 2, 0], [2, 2])));
        Assert.Equal(0, GanRecipe.Covered(Tensor.Zeros([10, 2])));
    }

    [Fact]
    public void The_authors_networks_for_MNIST_have_their_shapes()
    {
        var gan = Gan.CreateForMnist(1);
        Assert.Equal([3, 784], gan.Sample(3).Shape.Span.ToArray());
        Assert.Equal([3, 1], gan.Discriminator.Apply(gan.Sample(3)).Shape.Span.ToArray());
        Assert.Equal((100 * 1200) + 1200 + (1200 * 1200) + 1200 + (1200 * 784) + 784, gan.Generator.ParameterCount);
        Assert.Equal((784 * 1200) + 1200 + (240 * 1200) + 1200 + 240 + 1, gan.Discriminator.ParameterCount);
    }

    [Fact]
    public void Without_MNIST_the_paper_preset_fails_with_one_sentence() => Assert.StartsWith(
        "The preset 'paper' needs the four IDX files of MNIST",
        Assert.Throws<StrataException>(() => RecipeRunner.Run(Recipes.Get("gan"), new RunOptions { Preset = "paper", Directory = Path.Combine(Path.GetTempPath(), "strata-gan-paper") })).Message);
}
