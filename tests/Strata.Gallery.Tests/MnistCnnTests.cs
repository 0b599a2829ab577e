using Strata.Gallery.Vision.Classification;
using Strata.Nn;

namespace Strata.Gallery.Tests;

public sealed class MnistCnnTests
{
    static readonly float[] slide = [1, 4, -1, 0, 2, -2, 1, 3, 3, 1];

    [Fact]
    public void The_convolution_of_the_slide()
    {
        var y = Tensor.From(slide, [1, 10, 1]).Convolution(Tensor.From([1f, 2, 0, -1], [4, 1, 1]), [], Padding.Valid, []);
        Assert.Equal([9, 0, 1, 3, -5, -3, 6], y.ToArray<float>());
    }

    [Fact]
    public void The_pooling_of_the_slide()
    {
        var y = Tensor.From(slide, [1, 10, 1]).MaxPool([2], [2], Padding.Valid);
        Assert.Equal([4, 0, 2, 3, 3], y.ToArray<float>());
    }

    [Fact]
    public void A_shift_inside_a_pooling_cell_changes_nothing()
    {
        var x = Tensor.Zeros([1, 4, 4, 1]);
        var one = x.WithSlice(Tensor.Ones([1, 1, 1, 1]), .., 2..3, 0..1, ..);
        var shifted = x.WithSlice(Tensor.Ones([1, 1, 1, 1]), .., 3..4, 1..2, ..);
        var layer = new MaxPooling2D(2);
        Assert.Equal(layer.Apply(one).ToArray<float>(), layer.Apply(shifted).ToArray<float>());
        Assert.Equal([0, 0, 1, 0], layer.Apply(one).ToArray<float>());
    }

    [Fact]
    public void The_dense_program_of_the_slide_has_16362_weights()
    {
        var model = new Sequential(new Dense(32), new Dense(10, Activation.Softmax));
        model.BuildFor([500]);
        Assert.Equal(16_362, model.ParameterCount);
    }

    [Fact]
    public void The_convolutional_program_of_the_slide_has_3113618_weights()
    {
        var model = MnistCnn.CreateSlide(1);
        model.BuildFor([32, 32, 3]);
        Assert.Equal([832, 3_110_616, 2_170], model.Layers.Select(l => l.ParameterCount).Where(n => n > 0));
        Assert.Equal(3_113_618, model.ParameterCount);
    }
}
