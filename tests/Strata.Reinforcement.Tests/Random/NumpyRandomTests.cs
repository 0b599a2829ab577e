namespace Strata.Reinforcement.Tests;

public sealed class NumpyRandomTests
{
    // numpy.random.default_rng(seed).random(3)
    [Theory]
    [InlineData(0, 0.6369616873214543, 0.2697867137638703, 0.04097352393619469)]
    [InlineData(42, 0.7739560485559633, 0.4388784397520523, 0.8585979199113825)]
    public void It_draws_what_NumPy_draws(long seed, double first, double second, double third)
    {
        var random = new NumpyRandom(seed);
        Assert.Equal([first, second, third], [random.NextDouble(), random.NextDouble(), random.NextDouble()]);
    }

    [Fact]
    public void Integers_stay_below_the_bound_and_come_equally_often()
    {
        var random = new NumpyRandom(1);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++) counts[random.NextInt(7)]++;
        Assert.All(counts, c => Assert.InRange(c, 9_600, 10_400)); // four standard deviations
    }

    [Fact]
    public void Normal_numbers_have_mean_0_and_variance_1()
    {
        var random = new NumpyRandom(1);
        var x = Enumerable.Range(0, 40_000).Select(_ => random.Normal()).ToArray();
        Assert.Equal(0, x.Average(), 0.02);
        Assert.Equal(1, x.Average(v => v * v), 0.03);
    }
}
