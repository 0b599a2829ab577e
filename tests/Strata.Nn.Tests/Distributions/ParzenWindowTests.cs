using Strata.Random;

namespace Strata.Nn.Tests.Distributions;

public sealed class ParzenWindowTests
{
    // −d²/2σ² − (D/2) ln 2πσ².
    [Fact]
    public void One_center_gives_the_normal_density()
    {
        var window = new ParzenWindow(Tensor.From([1f, 2, 3], [1, 3]), 0.5);
        var expected = -(9.0 / (2 * 0.25)) - (1.5 * Math.Log(Math.Tau * 0.25));
        Assert.Equal(expected, window.LogProbability(Tensor.From([2f, 4, 5], [1, 3])).Item(), 1e-4);
    }

    [Fact]
    public void Centers_share_the_mass()
    {
        var window = new ParzenWindow(Tensor.From([0f, 100], [2, 1]), 1);
        Assert.Equal(Math.Log(0.5) - (0.5 * Math.Log(Math.Tau)), window.LogProbability(Tensor.Zeros([1, 1])).Item(), 1e-5);
    }

    [Fact]
    public void The_bandwidth_is_that_of_the_data()
    {
        var random = new RandomStream(1);
        var fitted = ParzenWindow.Fit(Tensor.Zeros([1, 2]), random.Normal([500, 2], 0, 0.3), 0.1, 0.3, 0.9);
        var right = new ParzenWindow(Tensor.Zeros([1, 2]), 0.3);
        var x = random.Normal([5, 2]);
        Assert.Equal(right.LogProbability(x).ToArray<float>(), fitted.LogProbability(x).ToArray<float>());
    }
}
