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
}
