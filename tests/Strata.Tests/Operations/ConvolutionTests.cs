namespace Strata.Tests.Operations;

public sealed class ConvolutionTests
{
    [Fact]
    public void Valid() => Check.Operation("convolution: 2d/valid", (x, f) => x.Convolution(f, [], Padding.Valid, []));

    [Fact]
    public void Strides_and_explicit_padding() => Check.Operation("convolution: 2d/strides 2, padding 1", (x, f) => x.Convolution(f, [2], Padding.Of(1), []));

    [Fact]
    public void Same_with_an_even_window_pads_the_smaller_half_first() => Check.Operation("convolution: 2d/same even", (x, f) => x.Convolution(f, [], Padding.Same, []));

    [Fact]
    public void Dilation() => Check.Operation("convolution: 2d/dilation 2", (x, f) => x.Convolution(f, [], Padding.Valid, [2]));

    [Fact]
    public void Groups() => Check.Operation("convolution: 2d/groups", (x, f) => x.Convolution(f, [], Padding.Valid, [], groups: 2));

    [Fact]
    public void Pointwise() => Check.Operation("convolution: 2d/pointwise", (x, f) => x.Convolution(f, [], Padding.Valid, []));

    [Fact]
    public void Causal_in_one_dimension() => Check.Operation("convolution: 1d/causal", (x, f) => x.Convolution(f, [], Padding.Causal, [2]));

    [Fact]
    public void Three_dimensions() =>
        Check.Operation("convolution: 3d/strides", (x, f) => x.Convolution(f, [1, 2, 1], Padding.Of([(1, 1), (0, 0), (0, 0)]), []));

    [Fact]
    public void Depthwise() => Check.Operation("convolution: depthwise", (x, f) => x.DepthwiseConvolution(f, [], Padding.Valid, []));

    [Fact]
    public void Transposed_valid() => Check.Operation("convolution: transposed/valid", (x, f) => x.ConvolutionTranspose(f, [2], Padding.Valid, [], []));

    [Fact]
    public void Transposed_same() => Check.Operation("convolution: transposed/same", (x, f) => x.ConvolutionTranspose(f, [2], Padding.Same, [], []));

    [Fact]
    public void Transposed_with_output_padding() =>
        Check.Operation("convolution: transposed/output padding", (x, f) => x.ConvolutionTranspose(f, [2], Padding.Same, [1], []));

    [Fact]
    public void Transposed_with_strides_beyond_the_window() =>
        Check.Operation("convolution: transposed/strides beyond the window", (x, f) => x.ConvolutionTranspose(f, [3], Padding.Valid, [], []));

    [Fact]
    public void Circular() => Check.Operation("convolution: circular", (x, s) => x.CircularConvolution(s));

    [Fact]
    public void Circular_with_as_many_shifts_as_elements() => Check.Operation("convolution: circular/as long as the ring", (x, s) => x.CircularConvolution(s));

    [Fact]
    public void Patches() => Check.Operation("convolution: patches/valid", x => x.Patches([2, 3], [], Padding.Valid));

    [Fact]
    public void Patches_that_are_tiles() => Check.Operation("convolution: patches/tiles", x => x.Patches([2, 2], [2], Padding.Valid));

    [Fact]
    public void Patches_with_strides_padding_and_dilation() => Check.Operation(
        "convolution: patches/strides, padding, dilation", x => x.Patches([2, 3], [2, 1], Padding.Of([(1, 1), (2, 2)]), [1, 2]));

    [Fact]
    public void Patches_larger_than_their_input() => Check.Operation("convolution: patches/window beyond the input", x => x.Patches([5, 5], [], Padding.Of(3)));

    [Fact]
    public void Patches_of_lines_and_volumes()
    {
        Check.Operation("convolution: patches/1d", x => x.Patches([3], [2], Padding.Valid));
        Check.Operation("convolution: patches/3d", x => x.Patches([2, 2, 1], [1, 2, 1], Padding.Valid));
    }

    [Fact]
    public void Patches_times_a_kernel_are_a_convolution()
    {
        var random = new Strata.Random.RandomStream(1);
        var (x, f) = (random.Normal([3, 9, 8, 5]), random.Normal([3, 2, 5, 7]));
        var patches = x.Patches([3, 2], [2, 1], Padding.Same);
        Check.Close(x.Convolution(f, [2, 1], Padding.Same, []), patches.Reshape(3, 5, 8, 30).MatMul(f.Reshape(30, 7)), 1e-5);
    }

    [Fact]
    public void Patches_keep_their_type_and_may_be_none()
    {
        Assert.Equal(Tensor.From(1, 2, 2, 3).ToArray<int>(), Tensor.From(1, 2, 3).Reshape(1, 3, 1).Patches([2], [], Padding.Valid).ToArray<int>());
        Assert.Equal([0, 2, 3, 1], Tensor.Zeros([0, 4, 1]).Patches([3], [], Padding.Valid).Shape);
        Check.Fails("Patches: a window of 5 does not fit into 4 elements (with padding) on spatial axis 0.", () => Tensor.Zeros([1, 4, 1]).Patches([5], [], Padding.Valid));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void Shifts_that_do_not_fit_a_ring_are_named(int shifts) => Check.Fails(
        $"CircularConvolution: shifts [{shifts}] do not fit [5]; along the last axis there must be an odd number of them, at most as many as elements.",
        () => Tensor.Zeros([5]).CircularConvolution(Tensor.Zeros([shifts])));

    [Fact]
    public void No_examples_give_no_outputs() =>
        Assert.Equal("[0, 3, 3, 5]", Tensor.Zeros([0, 5, 5, 2]).Convolution(Tensor.Zeros([3, 3, 2, 5]), [], Padding.Valid, []).Shape.ToString());

    [Fact]
    public void Channels_that_differ_are_named() => Check.Fails(
        "Convolution: the input [1, 5, 5, 3] has 3 channels, but the kernel [3, 3, 2, 8] takes 2.",
        () => Tensor.Zeros([1, 5, 5, 3]).Convolution(Tensor.Zeros([3, 3, 2, 8]), [], Padding.Valid, []));

    [Fact]
    public void A_window_that_does_not_fit_is_named() => Check.Fails(
        "Convolution: a window of 7 does not fit into 5 elements (with padding) on spatial axis 0.",
        () => Tensor.Zeros([1, 5, 5, 2]).Convolution(Tensor.Zeros([7, 7, 2, 8]), [], Padding.Valid, []));

    [Fact]
    public void Strides_for_other_axes_are_named() => Check.Fails(
        "Convolution: 3 strides were given for 2 spatial axes.",
        () => Tensor.Zeros([1, 5, 5, 2]).Convolution(Tensor.Zeros([3, 3, 2, 8]), [1, 1, 1], Padding.Valid, []));
}
