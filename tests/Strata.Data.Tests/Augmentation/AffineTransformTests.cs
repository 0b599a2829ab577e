namespace Strata.Data.Tests.Augmentation;

public class AffineTransformTests
{
    static readonly Tensor odd = Tensor.From([1f, 2, 3, 4, 5, 6, 7, 8, 9], [3, 3, 1]);

    static float[] Values(Tensor x) => x.ToArray<float>();

    [Fact]
    public void Nothing_asked_leaves_the_picture() => Assert.Same(odd, AffineTransform.Identity.Apply(odd));

    [Theory]
    [InlineData(FillMode.Nearest), InlineData(FillMode.Constant)]
    public void A_quarter_turn_of_an_odd_picture_is_exact(FillMode fill)
    {
        // Rows run down: out(y, x) = in(M·(y, x)) and M = [0 −1; 1 0] for 90°: the first row is the first column from below.
        Assert.Equal(Values(odd.Transpose(1, 0, 2).Flip(1)), Values(AffineTransform.Identity.Rotate(90).Apply(odd, fill)));
        Assert.Equal(Values(odd.Transpose(1, 0, 2).Flip(0)), Values(AffineTransform.Identity.Rotate(-90).Apply(odd, fill)));
        Assert.Equal(Values(odd.Flip(0, 1)), Values(AffineTransform.Identity.Rotate(180).Apply(odd, fill)));
    }

    [Theory]
    [InlineData(FillMode.Nearest, new float[] { 2, 3, 3, 3 })]
    [InlineData(FillMode.Constant, new float[] { 2, 3, 9, 9 })]
    [InlineData(FillMode.Reflect, new float[] { 2, 3, 3, 2 })]
    [InlineData(FillMode.Wrap, new float[] { 2, 3, 0, 1 })]
    public void What_lies_outside_is_filled(FillMode fill, float[] expected)
    {
        var row = Tensor.From([0f, 1, 2, 3], [1, 4, 1]);
        Assert.Equal(expected, Values(AffineTransform.Identity.Shift(0, 2).Apply(row, fill, 9)));
        Assert.Equal(expected.Select(v => v == 9 ? 9 : 3 - v).Reverse(), Values(AffineTransform.Identity.Shift(0, -2).Apply(row, fill, 9)));
    }

    [Fact]
    public void Zoom_and_shear_interpolate_about_the_center()
    {
        var row = Tensor.From([0f, 1, 2, 3, 4], [1, 5, 1]);
        Assert.Equal([1, 1.5f, 2, 2.5f, 3], Values(AffineTransform.Identity.Zoom(1, .5).Apply(row)));
        Assert.Equal([0, 0, 2, 4, 4], Values(AffineTransform.Identity.Zoom(1, 2).Apply(row)));
        // M = [1 −1; 0 0]: the middle column, shifted row by row.
        Assert.Equal([5, 2, 2, 8, 5, 2, 8, 8, 5], Values(AffineTransform.Identity.Shear(90).Apply(odd)));
    }

    [Fact]
    public void What_is_no_picture_is_told() =>
        Assert.Equal("AffineTransform: the picture is float32 [2], expected float32 [height, width, channels].", Assert.Throws<ShapeException>(() => AffineTransform.Identity.Apply(Tensor.From(1f, 2f))).Message);
}
