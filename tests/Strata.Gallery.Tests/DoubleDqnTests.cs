using Strata.Gallery.Reinforcement.ValueBased;
using Strata.Reinforcement;

namespace Strata.Gallery.Tests;

public sealed class DoubleDqnTests
{
    [Fact]
    public void The_bound_of_theorem_1_is_reached_and_never_passed()
    {
        var tight = Overestimation.Tight(4, 1);
        Assert.Equal(0.57735, tight.Max(), 1e-5);
        Assert.Equal(0, tight.Sum(), 1e-12);
        Assert.Equal(1, tight.Average(e => e * e), 1e-12);
        var random = new NumpyRandom(1);
        for (var i = 0; i < 10_000; i++)
        {
            var m = 2 + random.NextInt(20);
            Assert.True(Overestimation.Constrained(m, 2, random).Max() >= Overestimation.LowerBound(m, 2) - 1e-9);
        }
    }

    [Theory]
    [InlineData(2, 0.333333)]
    [InlineData(10, 0.818182)]
    [InlineData(18, 0.894737)]
    public void Theorem_2_is_its_integral_and_its_mean(int m, double expected)
    {
        Assert.Equal(expected, Overestimation.UniformBias(m), 1e-6);
        Assert.Equal(expected, Overestimation.UniformBiasByQuadrature(m), 1e-6);
        Assert.Equal(expected, Overestimation.UniformBiasByDrawing(m, 50_000, new NumpyRandom(1)), 1e-2);
    }

    [Fact]
    public void The_largest_of_normal_errors_grows_as_in_figure_1()
    {
        double[] expected = [0.5642, 1.0294, 1.4236, 1.7661, 2.0698, 2.3439, 2.5947, 2.8270, 3.0441, 3.2485];
        for (var k = 0; k < 10; k++) Assert.Equal(expected[k], Overestimation.ExpectedNormalMaximum(2 << k), 5e-4);
        var (single, twice) = Overestimation.NormalBias(64, 4000, new NumpyRandom(1));
        Assert.Equal(2.3439, single, 0.05);
        Assert.Equal(0, twice, 0.06);
    }

    [Fact]
    public void Actions_of_figure_2_miss_two_integers_next_to_each_other()
    {
        Assert.Equal([-6, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6], PolynomialExperiment.Samples(1));
        Assert.Equal([-6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 6], PolynomialExperiment.Samples(10));
    }

    [Theory]
    [InlineData(0, 0.6120, -0.0212, 0.858)]
    [InlineData(1, 0.4731, 0.0163, 0.878)]
    [InlineData(2, 3.3494, -0.0164, 0.999)]
    public void The_biases_of_figure_2_come_out(int row, double single, double twice, double positive)
    {
        var (one, two) = PolynomialExperiment.Rows[row].Biases(PolynomialExperiment.States(1201));
        Assert.Equal(single, one.Average(), 1e-4);
        Assert.Equal(twice, two.Average(), 1e-4);
        Assert.Equal(positive, one.Average(b => b > 1e-12 ? 1.0 : 0), 2e-3);
    }

    [Fact]
    public void The_published_scores_normalize_to_the_published_summaries()
    {
        var noop = PublishedScores.NoopStarts;
        Assert.Equal((49, 57), (noop.Count, PublishedScores.HumanStarts.Count));
        Near((93.519, 241.143), PublishedScores.Summary(noop.Select(s => (s, s.Dqn))));
        Near((114.725, 330.257), PublishedScores.Summary(noop.Select(s => (s, (double?)s.DoubleDqn))));
        var human = PublishedScores.HumanStarts;
        var reported = human.Where(s => s.Dqn is not null).ToArray();
        Near((47.506, 122.053), PublishedScores.Summary(human.Select(s => (s, s.Dqn))));
        Near((88.431, 273.067), PublishedScores.Summary(reported.Select(s => (s, (double?)s.DoubleDqn))));
        Near((116.702, 475.189), PublishedScores.Summary(reported.Select(s => (s, s.Tuned))));
        Near((69.463, 237.231), PublishedScores.Summary(human.Select(s => (s, (double?)s.DoubleDqn))));
        Near((110.746, 418.289), PublishedScores.Summary(human.Select(s => (s, s.Tuned))));

        static void Near((double Median, double Mean) expected, (double Median, double Mean) actual)
        {
            Assert.Equal(expected.Median, actual.Median, 1e-3);
            Assert.Equal(expected.Mean, actual.Mean, 1e-3);
        }
    }

    [Fact]
    public void Without_the_outside_environment_the_paper_preset_fails_with_one_sentence()
    {
        var error = Assert.Throws<EnvironmentException>(() => RemoteEnv.Start("/no/python3", ["-c", RemoteEnv.HostScript], "ALE/Breakout-v5"));
        Assert.StartsWith("The outside environment's program '/no/python3' cannot be started", error.Message);
        Assert.Contains("class Host", RemoteEnv.HostScript);
    }
}
