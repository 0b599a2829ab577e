using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Tests.Docs;

/// <summary>The code of <c>docs/guide.md</c> on layers and models.</summary>
public sealed class GuideLayerExamples
{
    [Fact]
    public void A_layer_makes_its_weights_at_the_first_call()
    {
        var dense = new Dense(10, Activation.Relu) { KernelInitializer = Initializer.HeNormal };
        var y = dense.Apply(Tensor.Zeros([32, 784])); // now there is a kernel [784, 10] and a bias [10]
        Console.WriteLine(dense.ParameterCount);      // 7850

        Assert.Equal(Shape.Of(32, 10), y.Shape);
        Assert.Equal(7850, dense.ParameterCount);
        Assert.Equal(Shape.Of(784, 10), dense.Weights[0].Shape);
    }

    [Fact]
    public void Sequential()
    {
        var model = new Sequential(
            new Input([28, 28, 1]),
            new Conv2D(32, 3, activation: Activation.Relu),
            new MaxPooling2D(2),
            new Flatten(),
            new Dropout(0.5),
            new Dense(10, Activation.Softmax)) { Seed = 1 };
        Console.WriteLine(model.Summary());

        Assert.Contains("54,410", model.Summary());
        Assert.Equal(54410, model.ParameterCount);
    }

    [Fact]
    public void Functional()
    {
        var words = new Input([20], DType.Int32) { Name = "words" };
        var facts = new Input([5]) { Name = "facts" };
        var text = words.Then(new Embedding(1000, 16, maskZero: true), new LSTM(32));
        var both = new Concatenate().Apply(text, facts.Then(new Dense(8, Activation.Relu)));
        var model = new Model(
            [words, facts],
            [both.Then(new Dense(1, Activation.Sigmoid) { Name = "click" }), both.Then(new Dense(1) { Name = "seconds" })]);
        model.Compile(
            new Adam(),
            new Dictionary<string, Loss> { ["click"] = Loss.BinaryCrossentropy, ["seconds"] = Loss.MeanSquaredError },
            lossWeights: new Dictionary<string, double> { ["seconds"] = 0.1 });

        var random = new RandomStream(1);
        var outputs = model.Predict([random.Integers([3, 20], 0, 1000, DType.Int32), random.Normal([3, 5])]);
        Assert.Equal([Shape.Of(3, 1), Shape.Of(3, 1)], outputs.Select(o => o.Shape));
        Assert.Equal(["click", "seconds"], model.OutputNames);
    }

    [Fact]
    public void Subclassed()
    {
        var model = new Residual(depth: 3, units: 8) { Seed = 1 };
        model.BuildFor([4]);
        Assert.Equal((4 * 8) + 8 + (3 * ((8 * 8) + 8)) + 8 + 1, model.ParameterCount);
        model.Compile(new Adam(), Loss.MeanSquaredError);
        var x = new RandomStream(2).Normal([64, 4]);
        var history = model.Fit(x, x.Sum(1, keepDims: true), epochs: 5, verbose: false);
        Assert.True(history["loss"][^1] < history["loss"][0]);
    }
}

/// <summary>h ← h + φ(W·h + b), a few times over.</summary>
public sealed class Residual : Model
{
    readonly Dense first, last;
    readonly Dense[] blocks;

    public Residual(int depth, int units)
    {
        first = Track(new Dense(units));
        blocks = [.. Enumerable.Range(0, depth).Select(_ => Track(new Dense(units, Activation.Relu)))];
        last = Track(new Dense(1));
    }

    protected override Tensor Call(Tensor x, CallContext context)
    {
        var h = first.Apply(x, context);
        foreach (var block in blocks) h += block.Apply(h, context);
        return last.Apply(h, context);
    }
}
