using Strata.Random;

namespace Strata.Nn.Tests.Understanding;

public sealed class ActivationTests
{
    [Fact]
    public void A_map_is_standardized_to_128_and_64_of_255()
    {
        var tiles = ActivationTiles.OfChannels(new RandomStream(1).Normal([20, 20, 3], 5, .3));
        Assert.Equal(Shape.Of(3, 20, 20, 1), tiles.Shape);
        for (var c = 0; c < 3; c++)
        {
            Assert.Equal(128 / 255.0, tiles[c].Mean().Item(), .01);
            Assert.Equal(64 / 255.0, tiles[c].StandardDeviation().Item(), .02);
        }
    }

    [Fact]
    public void A_constant_map_is_mid_grey() => Assert.All(ActivationTiles.OfChannels(Tensor.Full([4, 5, 2], 3.0)).ToArray<float>(), v => Assert.Equal(128 / 255f, v, 1e-6f));

    [Fact]
    public void Filters_are_scaled_each_for_itself_around_grey()
    {
        var kernel = Tensor.From([1f, -10, -2, 5], [1, 2, 1, 2]); // filter 0: 1, −2; filter 1: −10, 5
        Assert.Equal([.75f, 0, 0, .75f], ActivationTiles.OfFilters(kernel).ToArray<float>());
        Assert.Equal(Shape.Of(4, 5, 6, 3), ActivationTiles.OfFilters(Tensor.Ones([5, 6, 3, 4])).Shape);
        Assert.Equal(Shape.Of(8, 5, 6, 1), ActivationTiles.OfFilters(Tensor.Ones([5, 6, 2, 4])).Shape);
        Check.Fails("ActivationTiles: filters are [height, width, in, out], but these are [3].", () => ActivationTiles.OfFilters(Tensor.Ones([3])));
    }

    [Fact]
    public void Sparsity_counts_zeros_and_silent_and_dead_channels()
    {
        var relu = new Sequential(new ReLU { Name = "relu" });
        relu.BuildFor([1, 2, 3]);
        // Two pictures of 2 pixels and 3 channels: channel 0 works in both, 1 in the first alone, 2 never.
        var x = Tensor.From([1f, 1, -1, -1, 2, -1, 3, -1, -1, 4, -1, -1], [2, 1, 2, 3]);
        var found = Assert.Single(ActivationSparsity.Of(relu, ["relu"], x));
        Assert.Equal("relu", found.Layer);
        Check.Close(7 / 12.0, found.Zeros, 1e-6);
        Check.Close(3 / 6.0, found.SilentChannels, 1e-6);
        Check.Close(1 / 3.0, found.DeadChannels, 1e-6);
        // (1, 1, 0, 0, 2, 0) and (3, 0, 0, 4, 0, 0): 1 − (4/6)²/(6/6) and 1 − (7/6)²/(25/6).
        Check.Close((1 - (16 / 36.0) + 1 - (49 / 36.0 / (25 / 6.0))) / 2, found.Sparseness, 1e-6);
    }
}
