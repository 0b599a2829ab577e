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
