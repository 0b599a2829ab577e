namespace Strata.Nn.Tests.Layers;

/// <summary>Hand values and parameter counts of the catalogue, B1–B5.</summary>
public sealed class KerasLayerTests
{
    static long Count(Layer layer, Shape x)
    {
        layer.Apply(Tensor.Zeros(x));
        return layer.ParameterCount;
    }

    [Fact]
    public void Parameter_counts_are_those_of_Keras()
    {
        Assert.Equal(27 + 24 + 8, Count(new SeparableConv2D(8, 3), [1, 5, 5, 3]));
        Assert.Equal((3 * 3 * 3 * 2) + 6, Count(new DepthwiseConv2D(3, depthMultiplier: 2), [1, 5, 5, 3]));
        Assert.Equal(1_612_800, Count(new LocallyConnected2D(64, 3), [1, 32, 32, 3]));
        Assert.Equal(16, Count(new PReLU(1, 2), [1, 28, 28, 16]));
        Assert.Equal(28 * 28 * 16, Count(new PReLU(), [1, 28, 28, 16]));
        Assert.Equal((3 * 3 * 4 * 3) + 4, Count(new Conv2DTranspose(4, 3), [1, 5, 5, 3]));
    }

    [Theory]
    [InlineData(4, 3, 2, null, 9)] // valid: 4·2 + max(3 − 2, 0)
    [InlineData(4, 2, 3, null, 12)]
    [InlineData(4, 3, 2, 0, 9)] // (4 − 1)·2 + 3 + 0
    [InlineData(4, 3, 2, 1, 10)]
    public void A_transposed_convolution_has_the_lengths_of_Keras(int length, int kernel, int stride, int? extra, int expected)
    {
        Assert.Equal(expected, new Conv1DTranspose(1, kernel, stride, Padding.Valid, extra).Apply(Tensor.Zeros([1, length, 1])).Shape[1]);
        Assert.Equal(length * stride, new Conv1DTranspose(1, kernel, stride, Padding.Same).Apply(Tensor.Zeros([1, length, 1])).Shape[1]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_transposed_convolution_is_the_adjoint(bool same)
    {
        var random = new Random.RandomStream(1);
        var padding = same ? Padding.Same : Padding.Valid;
        var (down, up) = (new Conv2D(4, 3, 2, padding, useBias: false), new Conv2DTranspose(2, 3, 2, padding, useBias: false));
        var (n, m) = same ? (8, 4) : (9, 4);
        var (x, y) = (random.Normal([1, n, n, 2]), random.Normal([1, m, m, 4]));
        down.Apply(x);
        up.Apply(y);
        up.SetWeights(down.GetWeights());
        Check.Close((down.Apply(x) * y).Sum().Item(), (up.Apply(y) * x).Sum().Item(), 1e-4);
    }

    [Fact]
    public void Cropping_undoes_padding()
    {
        var x = Tensor.Arange(24).Cast(DType.Float32);
        foreach (var (pad, crop, shape) in ((Layer, Layer, Shape)[])
            [(new ZeroPadding1D(1, 2), new Cropping1D(1, 2), [2, 4, 3]), (new ZeroPadding2D(1, 2, 0, 3), new Cropping2D(1, 2, 0, 3), [2, 2, 3, 2]),
             (new ZeroPadding3D((1, 0), (2, 1), (0, 3)), new Cropping3D((1, 0), (2, 1), (0, 3)), [1, 2, 3, 2, 2])])
            Check.Close(x.Cast(DType.Float64).ToArray<double>(), crop.Apply(pad.Apply(x.Reshape(shape))));
        Assert.Equal(Shape.Of(1, 3, 1), new Cropping1D().Apply(Tensor.Zeros([1, 5, 1])).Shape);
        Assert.Equal(Shape.Of(1, 5, 4, 1), new Cropping2D().Apply(Tensor.Zeros([1, 5, 4, 1])).Shape);
        Assert.Equal(Shape.Of(1, 3, 4, 5, 1), new Cropping3D().Apply(Tensor.Zeros([1, 5, 6, 7, 1])).Shape);
        Check.Fails("Layer 'cropping1d' (Cropping1D): 2 + 2 are to be cut from axis 1 of [1, 4, 1], which leaves nothing.", () => new Cropping1D(2).Apply(Tensor.Zeros([1, 4, 1])));
    }

    [Fact]
    public void Upsampling_repeats()
    {
        Check.Close([1, 1, 2, 2], new UpSampling1D().Apply(Tensor.From([1f, 2], [1, 2, 1])));
        Check.Close([1, 1, 2, 2, 1, 1, 2, 2], new UpSampling2D().Apply(Tensor.From([1f, 2], [1, 1, 2, 1])));
        Check.Close([1, 1, 1, 1, 2, 2, 2, 2], new UpSampling3D((1, 2, 2)).Apply(Tensor.From([1f, 2], [1, 2, 1, 1, 1])));
    }

    [Fact]
    public void Pools_of_one_axis_have_the_hand_values()
    {
        var x = Tensor.From([1f, 4, -1, 0, 2, -2, 1, 3, 3, 1], [1, 10, 1]);
        Check.Close([4, 0, 2, 3, 3], new MaxPooling1D().Apply(x));
        Check.Close([4, 4, 0, 2, 2, 1, 3, 3, 3], new MaxPooling1D(2, 1).Apply(x));
        Check.Close([1.2], new GlobalAveragePooling1D().Apply(x));
        Check.Close([4], new GlobalMaxPooling1D().Apply(x));
    }

    [Fact]
    public void The_mean_over_steps_leaves_masked_ones_out_and_ends_the_mask()
    {
        var context = new CallContext();
        var x = Tensor.From([2f, 4, 9], [1, 3, 1]);
        context.SetMask(x, Tensor.From(new[,] { { true, true, false } }));
        var y = new GlobalAveragePooling1D().Apply(x, context);
        Check.Close([3], y);
        Assert.Null(context.MaskOf(y));
    }

    [Fact]
    public void Activation_layers_have_the_hand_values()
    {
        var x = Check.Matrix([-2, -1, 0, 1, 3]);
        Check.Close([-.6, -.3, 0, 1, 3], new LeakyReLU().Apply(x));
        Check.Close([-.86466472, -.63212056, 0, 1, 3], new ELU().Apply(x));
        Check.Close([0, 0, 0, 0, 3], new ThresholdedReLU().Apply(x)); // of 1 itself it is 0
        Check.Close([0, 0, 0, 1, 3], new ReLU().Apply(x));
        Check.Close([-.3, -.2, -.1, 1, 2], new ReLU(maximum: 2, negativeSlope: .1, threshold: 1).Apply(x));
        Check.Close([0, 0, 0, 1, 3], new PReLU().Apply(x));
        Check.Close([.5, .5], new Softmax().Apply(Check.Matrix([7, 7])));
    }

    [Fact]
    public void Locally_connected_filters_differ_from_place_to_place()
    {
        var layer = new LocallyConnected1D(1, 2, useBias: false);
        var x = Tensor.From([1f, 2, 3], [1, 3, 1]);
        layer.Apply(x);
        layer.SetWeights([Tensor.From([1f, 1, 10, 10], [2, 2, 1])]);
        Check.Close([3, 50], layer.Apply(x));
        Check.Fails("Layer 'locally_connected1d' (LocallyConnected1D): the window (5) is longer than the sequence [1, 3, 1].", () => new LocallyConnected1D(1, 5).Apply(x));
    }

    [Fact]
    public void Strides_and_dilation_exclude_each_other_everywhere()
    {
        foreach (var (layer, shape) in ((Layer, Shape)[])
            [(new Conv3D(1, 2, strides: 2, dilation: 2), [1, 5, 5, 5, 1]), (new SeparableConv1D(1, 2, strides: 2, dilation: 2), [1, 5, 1]), (new DepthwiseConv2D(2, strides: 2, dilation: 2), [1, 5, 5, 1])])
            Assert.EndsWith("strides and dilation cannot both be larger than 1.", Assert.Throws<LayerException>(() => layer.Apply(Tensor.Zeros(shape))).Message, StringComparison.Ordinal);
        Assert.EndsWith("the output padding 2 must be 0 or more and less than the stride 2.", Assert.Throws<LayerException>(() => new Conv1DTranspose(1, 3, 2, outputPadding: 2).Apply(Tensor.Zeros([1, 5, 1]))).Message, StringComparison.Ordinal);
    }
}
