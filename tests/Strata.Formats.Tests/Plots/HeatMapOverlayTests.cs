using Strata.Formats.Plots;

namespace Strata.Formats.Tests.Plots;

public class HeatMapOverlayTests
{
    [Fact]
    public void The_lowest_place_shows_the_picture_in_grey_and_the_highest_the_color()
    {
        var picture = Tensor.Full([2, 2, 3], .5);
        var overlay = HeatMapOverlay.Of(picture, Tensor.From(new float[,] { { 0, 1 }, { 1, 3 } }), opacity: 1).ToArray<float>();
        Assert.All(overlay[..3], v => Assert.Equal(.5, v, 1e-3));
        var (r, g, b) = ColorMap.Viridis[1];
        Assert.Equal([r / 255f, g / 255f, b / 255f], overlay[9..]);
    }

    [Fact]
    public void Small_maps_are_enlarged_and_flat_maps_color_nothing()
    {
        var picture = Tensor.Full([6, 4, 1], .25);
        Assert.Equal(Shape.Of(6, 4, 3), HeatMapOverlay.Of(picture, Tensor.From(new float[,] { { 0, 1 } })).Shape);
        Assert.All(HeatMapOverlay.Of(picture, Tensor.Full([3, 2], 7.0)).ToArray<float>(), v => Assert.Equal(.25f, v));
    }

    [Fact]
    public void Other_axes_are_refused()
    {
        Assert.Contains("[2, 2]", Assert.Throws<ShapeException>(() => HeatMapOverlay.Of(Tensor.Zeros([2, 2]), Tensor.Zeros([2, 2]))).Message);
        Assert.Contains("[4]", Assert.Throws<ShapeException>(() => HeatMapOverlay.Of(Tensor.Zeros([2, 2, 3]), Tensor.Zeros([4]))).Message);
    }
}
