namespace Strata.Tests.Operations;

public sealed class ImagingTests
{
    [Fact]
    public void Resize() => Check.Operation("ordering: resize", x => x.Resize(5, 7));

    [Fact]
    public void Resize_to_fewer_pixels() => Check.Operation("ordering: resize/smaller", x => x.Resize(3, 2));

    [Fact]
    public void Resize_with_aligned_corners() => Check.Operation("ordering: resize/aligned", x => x.Resize(5, 7, alignCorners: true));

    [Fact]
    public void Resize_to_the_nearest() => Check.Operation("ordering: resize/nearest", x => x.Resize(7, 3, ResizeMode.Nearest));

    [Fact]
    public void Bytes_are_resized_to_the_nearest() => Assert.Equal(
        [1, 1, 2, 2],
        Tensor.From<byte>([1, 2], [1, 2, 1]).Resize(1, 4, ResizeMode.Nearest).ToArray<byte>());

    [Theory]
    [InlineData("zeros", PadMode.Constant, false)]
    [InlineData("zeros aligned", PadMode.Constant, true)]
    [InlineData("border", PadMode.Edge, false)]
    [InlineData("border aligned", PadMode.Edge, true)]
    public void BilinearSample(string name, PadMode border, bool alignCorners) =>
        Check.Operation("imaging: sample/" + name, (x, grid) => x.BilinearSample(grid, border: border, alignCorners: alignCorners), tolerance: 1e-5);

    [Fact]
    public void BilinearSample_at_pixels() => Check.Operation("imaging: sample/pixels", (x, points) => x.BilinearSample(points, GridCoordinates.Pixels));

    [Fact]
    public void Points_at_pixels_give_the_pixels_and_far_points_nothing()
    {
        var x = Tensor.From([1f, 2, 3, 4], [1, 2, 2, 1]);
        var points = Tensor.From([1f, 1, 0, 1, -1, 0, 1e30f, 0], [1, 1, 4, 2]);
        Assert.Equal([4f, 3, 0, 0], x.BilinearSample(points, GridCoordinates.Pixels).ToArray<float>());
        Assert.Equal([4f, 3, 1, 2], x.BilinearSample(points, GridCoordinates.Pixels, PadMode.Edge).ToArray<float>());
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        Check.Fails("Resize: [4, 4] is not [.., height, width, channels].", () => Tensor.Zeros([4, 4]).Resize(2, 2));
        Check.Fails("Resize: images of 4 × 4 cannot become 0 × 2; all sizes must be at least 1.", () => Tensor.Zeros([1, 4, 4, 3]).Resize(0, 2));
        Check.Fails(
            "Resize: interpolation needs float32 or float64, not uint8; Cast it, or resize to the nearest pixel.",
            () => Tensor.Zeros([4, 4, 3], DType.UInt8).Resize(2, 2));
        Check.Fails(
            "BilinearSample: images [1, 4, 4, 3] and points [2, 1, 1, 2] do not fit; they must be [n, height, width, channels] and [n, H, W, 2].",
            () => Tensor.Zeros([1, 4, 4, 3]).BilinearSample(Tensor.Zeros([2, 1, 1, 2])));
        Check.Fails(
            "BilinearSample: the border Wrap is not Constant or Edge.",
            () => Tensor.Zeros([1, 4, 4, 3]).BilinearSample(Tensor.Zeros([1, 1, 1, 2]), border: PadMode.Wrap));
    }
}
