using Strata.Random;

namespace Strata.Nn.Tests;

/// <summary>Programs of the Keras slides (catalogue, B14), as a reader would write them here.</summary>
public sealed class SeedProgramTests
{
    readonly RandomStream random = new(1);

    [Fact]
    public void Two_dense_layers_on_500_inputs()
    {
        var model = new Sequential(new Input([500]), new Dense(32), new Dense(10, Activation.Softmax)) { Seed = 1 };
        model.Compile(new RMSProp(), Loss.CategoricalCrossentropy, Metric.Accuracy);
        Assert.Equal(16_362, model.ParameterCount);

        var before = model.GetWeights();
        model.Fit(random.Uniform([32, 500]), random.Integers([32], 0, 10).OneHot(10), verbose: false);
        Assert.Equal(4, before.Length);
        for (var i = 0; i < 4; i++) Assert.NotEqual(before[i].ToArray<float>(), model.Weights[i].Borrow().ToArray<float>());
    }

    [Fact]
    public void A_small_convolutional_network_with_dropout()
    {
        var model = new Sequential(
            new Conv2D(64, (2, 2), activation: Activation.Relu),
            new MaxPooling2D(2),
            new Flatten(),
            new Dense(216),
            new Dropout(.5),
            new Dense(10, Activation.Softmax)) { Seed = 1 };
        model.Compile(new Adam(), Loss.CategoricalCrossentropy, Metric.Accuracy);

        var (x, y) = (random.Uniform([20, 9, 9, 1]), random.Integers([20], 0, 10).OneHot(10));
        var history = model.Fit(x, y, batchSize: 10, epochs: 10, validation: (x, y), verbose: false);
        Assert.True(history["loss"][^1] < history["loss"][0]);
        Assert.Equal(((4 * 64) + 64) + ((4 * 4 * 64 * 216) + 216) + ((216 * 10) + 10), model.ParameterCount);
    }

    [Fact]
    public void An_embedding_of_1000_words()
    {
        var model = new Sequential(new Input([10], DType.Int32), new Embedding(1000, 64)) { Seed = 1 };
        model.Compile(new RMSProp(), Loss.MeanSquaredError);
        Assert.Equal(Shape.Of(32, 10, 64), model.Predict(random.Integers([32, 10], 0, 1000, DType.Int32)).Shape);
    }

    [Fact]
    public void Words_are_told_apart_by_what_is_learned_about_them()
    {
        // A sentence is good if it has the word 7 in it.
        var x = random.Integers([200, 6], 0, 20, DType.Int32);
        var y = x.EqualTo(Tensor.Full(x.Shape, 7, DType.Int32)).Any(1).Cast(DType.Float32);
        var model = new Sequential(new Embedding(20, 4), new Flatten(), new Dense(1, Activation.Sigmoid)) { Seed = 1 };
        model.Compile(new Adam(0.02), Loss.BinaryCrossentropy, Metric.Accuracy);
        Assert.True(model.Fit(x, y, epochs: 40, verbose: false)["acc"][^1] > .97);
    }
}
