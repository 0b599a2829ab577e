using Strata.Data;
using Strata.Gallery.Optimization.Learned;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Tests.Optimization;

public sealed class LearningToLearnTests
{
    static readonly ImageSplit images = new GlyphDigits(1, new GlyphOptions { Size = 14, Box = 14 }).Split(40, 1).Train;

    [Fact]
    public void A_perceptron_of_20_units_has_these_coordinates_and_begins_anew_with_each_draw()
    {
        var problem = ClassifierProblem.Perceptron(images);
        Assert.Equal([196 * 20, 20, 20 * 10, 10], problem.Parameters.Select(w => w.Shape.Size));
        problem.Draw(new RandomStream(1));
        var first = problem.Parameters[0].Value.ToArray<float>();
        Assert.Equal(0, problem.Parameters[1].Borrow().Abs().Sum().Item());
        problem.Draw(new RandomStream(2));
        Assert.NotEqual(first, problem.Parameters[0].Value.ToArray<float>());
        problem.Draw(new RandomStream(1));
        Assert.Equal(first, problem.Parameters[0].Value.ToArray<float>());
    }

    [Fact]
    public void A_network_that_knows_nothing_costs_ln_10()
    {
        var problem = ClassifierProblem.Perceptron(images, batch: 8);
        foreach (var w in problem.Parameters) w.Assign(Tensor.Zeros(w.Shape));
        var batches = problem.Batches(3, new RandomStream(1));
        Assert.Equal([3, 8, 14, 14, 1], batches[0].Shape.Span.ToArray());
        Assert.Equal(Math.Log(10), problem.Loss([batches[0][1], batches[1][1]]).Item(), 1e-5);
    }

    [Fact]
    public void Every_step_sees_other_images_with_their_labels()
    {
        var problem = ClassifierProblem.Perceptron(images, batch: 4);
        var (x, y) = (problem.Batches(2, new RandomStream(1))[0], problem.Batches(2, new RandomStream(1))[1]);
        Assert.NotEqual(x[0].Reshape(-1).ToArray<float>(), x[1].Reshape(-1).ToArray<float>());
        for (var i = 0; i < 4; i++)
        {
            var picture = x[1, i].Reshape(-1).ToArray<float>();
            Assert.Contains(Enumerable.Range(0, 40), j => images.Images[j].Reshape(-1).ToArray<float>().SequenceEqual(picture) && images.Labels[j].Item() == y[1, i].Item());
        }
    }

    [Fact]
    public void Each_optimizer_gets_the_rate_that_ends_lowest_and_what_explodes_loses()
    {
        var race = new Race(new QuadraticProblems(4, 3), 20, seed: 1);
        var designed = race.RunDesigned(1e-6, .01, 1e6);
        Assert.Equal(["SGD, 0.01", "momentum, 0.01", "NAG, 0.01"], designed[..3].Select(r => r.Name));
        Assert.All(designed, r => Assert.True(r.Final <= r.Course[0]));
        Assert.Equal(designed[0].Course, race.Run("", new SGD(.01)).Course); // the same functions for all
        var exploded = race.Run("", new SGD(1e30));
        Assert.Equal((double.PositiveInfinity, double.PositiveInfinity), (exploded.Final, exploded.Average));
    }

    [Fact]
    public void A_convolutional_network_can_be_minimized_too()
    {
        var problem = ClassifierProblem.Convolutional(images, batch: 10);
        var course = problem.Minimize(new Adam(.01), 8, new RandomStream(1));
        Assert.True(course[^1] < course[0]);
    }

    [Theory]
    [InlineData("paper", "the four IDX files of MNIST")]
    [InlineData("cifar10", "the binary version of CIFAR-10")]
    public void Without_data_the_presets_fail_with_one_sentence(string preset, string what) => Assert.StartsWith(
        $"The preset '{preset}' needs {what}",
        Assert.Throws<StrataException>(() => RecipeRunner.Run(
            Recipes.Get("learning-to-learn"), new RunOptions { Preset = preset, Directory = Path.Combine(Path.GetTempPath(), $"strata-l2l-{preset}") })).Message);
}
