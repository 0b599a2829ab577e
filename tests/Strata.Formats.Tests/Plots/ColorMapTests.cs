using Strata.Formats.Plots;

namespace Strata.Formats.Tests.Plots;

public class ColorMapTests
{
    [Fact]
    public void Ends_and_anchors_are_met_and_outside_is_clamped()
    {
        Assert.Equal((0x44, 0x01, 0x54), ColorMap.Viridis[0]);
        Assert.Equal((0xFD, 0xE7, 0x25), ColorMap.Viridis[1]);
        Assert.Equal(ColorMap.Viridis[1], ColorMap.Viridis[double.PositiveInfinity]);
        Assert.Equal(ColorMap.Viridis[0], ColorMap.Viridis[-3]);
        Assert.Equal((128, 128, 128), ColorMap.Gray[.5]);
    }

    [Fact]
    public void Viridis_grows_steadily_lighter()
    {
        var luma = Enumerable.Range(0, 101).Select(i => ColorMap.Viridis[i / 100.0]).Select(c => .299 * c.Red + .587 * c.Green + .114 * c.Blue).ToArray();
        Assert.All(luma.Zip(luma.Skip(1)), pair => Assert.True(pair.Second > pair.First - .6));
    }

    [Fact]
    public void A_matrix_becomes_a_picture_of_its_shape()
    {
        var picture = ColorMap.Gray.ToImage(new[,] { { 2.0, 3, 4 }, { 4, double.NaN, 2 } });
        Assert.Equal((2, 3, 3), (picture.Height, picture.Width, picture.Channels));
        Assert.Equal([0, 128, 255, 255, 0x99, 0], Enumerable.Range(0, 6).Select(i => picture[i / 3, i % 3, 0]));
        Assert.Equal(128, ColorMap.Gray.ToImage(new[,] { { 5.0 } })[0, 0, 0]);
    }
}
