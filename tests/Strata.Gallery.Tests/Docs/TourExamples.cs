using Strata.Data;
using Strata.Nn;

namespace Strata.Gallery.Tests.Docs;

/// <summary>The code of the README's tour. <see cref="DocumentationTests"/> sees to it that the README shows exactly this.</summary>
public sealed class TourExamples
{
    [Fact]
    public void Tensors()
    {
        var x = Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } });
        var y = (2 * x + 1).Tanh().MatMul(x, transposeB: true);
        Console.WriteLine(y.Sum(axis: 0)); // float32 [2] […]

        var t = Array.ConvertAll([3.0, 5, 7, 9], Math.Tanh);
        Assert.Equal((t[0] * 1) + (t[1] * 2) + (t[2] * 1) + (t[3] * 2), y.Sum(axis: 0)[0].Item(), 5);
    }

    [Fact]
    public void Differentiation()
    {
        var slope = Gradient.Of(z => (z * z * z).Sum(), Tensor.From(1.0, 2.0));                   // 3z²
        var curvature = Gradient.HessianVectorProduct(z => (z * z * z).Sum(), Tensor.From(1.0, 2.0), Tensor.From(1.0, 0.0));

        Assert.Equal([3, 12], slope.ToArray<double>());
        Assert.Equal([6, 0], curvature.ToArray<double>());
    }

    [Fact]
    public void A_model()
    {
        var digits = GlyphDigits.Load(train: 1000, test: 200);
        var model = new Sequential(
            new Conv2D(6, 5, padding: Padding.Same, activation: Activation.Relu),
            new MaxPooling2D(2),
            new Flatten(),
            new Dense(10, Activation.Softmax));
        model.Compile(new Adam(), Loss.SparseCategoricalCrossentropy, Metric.Accuracy);
        var history = model.Fit(digits.Train.Shuffle(seed: 1).Batch(32).Prefetch(2), epochs: 2, validation: digits.Test.Batch(100));

        Assert.Equal(2, history.Epochs.Count);
        Assert.True(history["val_loss"][^1] < Math.Log(10), "worse than guessing");
    }

    [Fact]
    public void A_loop_of_your_own()
    {
        var w = new Variable(Tensor.Zeros([2]), "w");
        var optimizer = new SGD(learningRate: 0.1, momentum: 0.9);
        var target = Tensor.From(3f, -1f);
        for (var step = 0; step < 200; step++)
            optimizer.Apply([w], Gradient.Of(() => (w - target).Square().Sum(), [w]));

        Check(3, -1);

        void Check(params double[] expected)
        {
            var actual = w.Value.ToArray<float>();
            for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 0.01);
        }
    }
}
