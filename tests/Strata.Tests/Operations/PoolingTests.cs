namespace Strata.Tests.Operations;

public sealed class PoolingTests
{
    [Fact]
    public void MaxPool() => Check.Operation("pooling: max/2d", x => x.MaxPool([2, 2], [], Padding.Valid));

    [Fact]
    public void MaxPool_of_overlapping_windows_with_padding() => Check.Operation("pooling: max/overlapping, padded", x => x.MaxPool([3, 3], [2], Padding.Of(1)));

    [Fact]
    public void MaxPool_in_one_dimension() => Check.Operation("pooling: max/1d", x => x.MaxPool([3], [1], Padding.Valid));

    [Fact]
    public void MaxPool_in_three_dimensions() => Check.Operation("pooling: max/3d", x => x.MaxPool([2, 1, 2], [1, 2, 2], Padding.Valid));

    [Fact]
    public void AveragePool() => Check.Operation("pooling: average/2d", x => x.AveragePool([2, 2], [], Padding.Valid));

    [Fact]
    public void AveragePool_divides_by_the_number_of_real_elements() =>
        Check.Operation("pooling: average/padded, real elements", x => x.AveragePool([3, 3], [2], Padding.Of(1)));

    [Fact]
    public void AveragePool_can_count_padding() =>
        Check.Operation("pooling: average/padded, all counted", x => x.AveragePool([3, 3], [2], Padding.Of(1), countPadding: true));

    [Fact]
    public void AveragePool_in_one_dimension() => Check.Operation("pooling: average/1d", x => x.AveragePool([2], [1], Padding.Valid));

    [Fact]
    public void GlobalMaxPool() => Check.Operation("pooling: global max", x => x.GlobalMaxPool());

    [Fact]
    public void GlobalAveragePool() => Check.Operation("pooling: global average", x => x.GlobalAveragePool());

    [Fact]
    public void The_gradient_goes_to_the_first_of_equal_maxima()
    {
        var gradient = Gradient.Of(x => x.MaxPool([2], [], Padding.Valid).Sum(), Tensor.From([3f, 3, 1, 2], [1, 4, 1]));
        Assert.Equal([1, 0, 0, 1], gradient.ToArray<float>());
    }

    [Fact]
    public void Windows_without_any_element_are_named() => Check.Fails(
        "MaxPool: padding (2, 2) on spatial axis 0 would leave windows of 2 without any element.",
        () => Tensor.Zeros([1, 4, 1]).MaxPool([2], [], Padding.Of(2)));

    [Fact]
    public void Windows_for_other_axes_are_named() => Check.Fails(
        "AveragePool: the input [1, 4, 4, 2] has 2 spatial axes, but the window has 1.",
        () => Tensor.Zeros([1, 4, 4, 2]).AveragePool([2], [], Padding.Valid));
}
