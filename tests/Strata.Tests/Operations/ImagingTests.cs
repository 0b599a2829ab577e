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

    [Fact]
    public void Wrong_arguments_are_named()
    {
        Check.Fails("Resize: [4, 4] is not [.., height, width, channels].", () => Tensor.Zeros([4, 4]).Resize(2, 2));
        Check.Fails("Resize: images of 4 × 4 cannot become 0 × 2; all sizes must be at least 1.", () => Tensor.Zeros([1, 4, 4, 3]).Resize(0, 2));
        Check.Fails(
            "Resize: interpolation needs float32 or float64, not uint8; Cast it, or resize to the nearest pixel.",
            () => Tensor.Zeros([4, 4, 3], DType.UInt8).Resize(2, 2));
    }
}
