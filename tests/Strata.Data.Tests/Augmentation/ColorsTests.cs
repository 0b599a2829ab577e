namespace Strata.Data.Tests.Augmentation;

public class ColorsTests
{
    static readonly Tensor pixel = Tensor.From([.2f, .4f, .6f], [1, 1, 3]);

    static void Close(double[] expected, Tensor actual)
    {
        var values = actual.ToArray<float>();
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], values[i], 1e-5);
    }

    [Fact]
    public void Colors_change_as_said()
    {
        const double luma = (.299 * .2) + (.587 * .4) + (.114 * .6);
        Close([luma], Colors.Luma(pixel));
        Close([.4, .8, 1], Colors.Brightness(pixel, 2));
        Close([luma, luma, luma], Colors.Saturation(pixel, 0));
        Close([.2, .4, .6], Colors.Saturation(pixel, 1));
        Close([luma, luma, luma], Colors.Contrast(pixel, 0));
        Close([.2, .4, .6], Colors.Hue(pixel, 360));
        Close([.6, .2, .4], Colors.Hue(pixel, 120)); // red goes to green, green to blue, blue to red
        Close([.3, .5, .6], Colors.Shift(pixel, .1));
        Assert.StartsWith("Hue: the picture is float32 [2]", Assert.Throws<ShapeException>(() => Colors.Hue(Tensor.From(1f, 2f), 3)).Message);
    }
}
