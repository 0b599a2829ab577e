namespace Strata.Nn.Tests.Layers;

/// <summary>Values of the catalogue, B2 and B3.</summary>
public sealed class ConvolutionalTests
{
    [Fact]
    public void Conv1D_correlates_and_pads_as_Keras_does()
    {
        double[] One(Padding padding)
        {
            var layer = new Conv1D(1, 3, padding: padding);
            var x = Tensor.From([1f, 2, 3, 4], [1, 4, 1]);
            layer.Apply(x);
            layer.SetWeights([Tensor.From([1f, 0, -1], [3, 1, 1]), Tensor.Zeros([1])]);
            return layer.Apply(x).Cast(DType.Float64).ToArray<double>();
        }

        Assert.Equal([-2, -2], One(Padding.Valid));
        Assert.Equal([-2, -2, -2, 3], One(Padding.Same));
        Assert.Equal([-1, -2, -2, -2], One(Padding.Causal));
    }

    [Fact]
    public void Conv2D_has_kernels_height_width_in_out()
    {
        var layer = new Conv2D(64, 3, activation: Activation.Relu);
        Assert.Equal(Shape.Of(1, 6, 5, 64), layer.Apply(Tensor.Zeros([1, 8, 7, 3])).Shape);
        Assert.Equal(1_792, layer.ParameterCount);
        Assert.Equal(Shape.Of(3, 3, 3, 64), layer.Weights[0].Shape);

        var asymmetric = new Conv2D(2, (2, 3), strides: (1, 2), padding: Padding.Same, useBias: false);
        Assert.Equal(Shape.Of(1, 5, 4, 2), asymmetric.Apply(Tensor.Zeros([1, 5, 7, 1])).Shape);
        Assert.Equal(Shape.Of(2, 3, 1, 2), asymmetric.Weights[0].Shape);

        var grouped = new Conv2D(4, 1, groups: 2);
        grouped.Apply(Tensor.Zeros([1, 2, 2, 6]));
        Assert.Equal(Shape.Of(1, 1, 3, 4), grouped.Weights[0].Shape);

        Check.Fails("Layer 'conv2d' (Conv2D): strides and dilation cannot both be larger than 1.", () => new Conv2D(1, 3, strides: 2, dilation: 2).Apply(Tensor.Zeros([1, 9, 9, 1])));
        Check.Fails("Layer 'conv2d' (Conv2D): 5 channels and 4 filters cannot be cut into 2 groups.", () => new Conv2D(4, 1, groups: 2).Apply(Tensor.Zeros([1, 2, 2, 5])));
    }

    [Fact]
    public void A_convolution_is_the_sum_over_the_window_and_its_bias()
    {
        var layer = new Conv2D(1, 2) { KernelInitializer = Initializer.Ones, BiasInitializer = new Constant(.5) };
        var x = Tensor.From([1f, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
        Check.Close([12.5, 16.5, 24.5, 28.5], layer.Apply(x));
    }

    [Fact]
    public void Pools_have_the_hand_values()
    {
        // One row of ten: windows (1, 2).
        var x = Tensor.From([1f, 4, -1, 0, 2, -2, 1, 3, 3, 1], [1, 1, 10, 1]);
        Check.Close([4, 0, 2, 3, 3], new MaxPooling2D((1, 2)).Apply(x));
        Check.Close([4, 4, 0, 2, 2, 1, 3, 3, 3], new MaxPooling2D((1, 2), strides: 1).Apply(x));
        Check.Close([2.5, -.5, 0, 2, 2], new AveragePooling2D((1, 2)).Apply(x));
    }

    [Fact]
    public void Padding_counts_as_minus_infinity_for_the_maximum_and_not_at_all_for_the_mean()
    {
        var x = Tensor.From([-1f, -2, -3, -4, -5, -6, -7, -8, -9], [1, 3, 3, 1]);
        Check.Close([-1, -3, -7, -9], new MaxPooling2D(padding: Padding.Same).Apply(x));
        Check.Close([-3, -4.5, -7.5, -9], new AveragePooling2D(padding: Padding.Same).Apply(x));
        Assert.Equal(Shape.Of(2, 14, 14, 6), new MaxPooling2D().Apply(Tensor.Zeros([2, 28, 28, 6])).Shape);
    }

    [Fact]
    public void Global_pools_leave_one_number_a_channel()
    {
        var x = Tensor.From([1f, 10, 2, 20, 3, 30, 6, 0], [1, 2, 2, 2]);
        Check.Close([3, 15], new GlobalAveragePooling2D().Apply(x));
        Check.Close([6, 30], new GlobalMaxPooling2D().Apply(x));
        Check.Fails(
            "Layer 'global_max_pooling2d' (GlobalMaxPooling2D): the input must be [examples, height, width, channels], but it is [2, 3].",
            () => new GlobalMaxPooling2D().Apply(Tensor.Zeros([2, 3])));
    }

    [Fact]
    public void LeNet_5_has_its_shapes_and_61706_parameters()
    {
        var model = new Sequential(
            new Input([28, 28, 1]),
            new Conv2D(6, 5, padding: Padding.Same, activation: Activation.Tanh),
            new AveragePooling2D(2),
            new Conv2D(16, 5, activation: Activation.Tanh),
            new AveragePooling2D(2),
            new Flatten(),
            new Dense(120, Activation.Tanh),
            new Dense(84, Activation.Tanh),
            new Dense(10, Activation.Softmax)) { Seed = 1 };
        model.Compile(new SGD(0.5), Loss.SparseCategoricalCrossentropy);
        model.Summary();
        Assert.Equal(61_706, model.ParameterCount);
        Assert.Equal(
            ["[28, 28, 1]", "[28, 28, 6]", "[14, 14, 6]", "[10, 10, 16]", "[5, 5, 16]", "[400]", "[120]", "[84]", "[10]"], model.Layers.Select(l => l.OutputShape.ToString()));

        // Two images that differ are told apart.
        var x = Tensor.Concatenate([Tensor.Zeros([1, 28, 28, 1]), Tensor.Ones([1, 28, 28, 1])]);
        var first = model.TrainOnBatch(x, Tensor.From(3, 5)).Loss;
        for (var step = 0; step < 20; step++) model.TrainOnBatch(x, Tensor.From(3, 5));
        Assert.True(model.TestOnBatch(x, Tensor.From(3, 5)).Loss < first / 4);
    }
}
