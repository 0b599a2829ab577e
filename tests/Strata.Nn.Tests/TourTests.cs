using Strata.Random;

namespace Strata.Nn.Tests;

/// <summary>The library as a user meets it: what stands here must read well.</summary>
public sealed class TourTests
{
    [Fact]
    public void A_model_is_compiled_and_fitted_in_ten_lines()
    {
        var (x, y) = Spirals(300, classes: 3);

        var model = new Sequential(
            new Dense(32, Activation.Tanh),
            new Dense(3, Activation.Softmax)) { Seed = 1 };
        model.Compile(new Adam(0.02), Loss.SparseCategoricalCrossentropy, Metric.Accuracy);
        var history = model.Fit(x, y, epochs: 40, validationSplit: 0.2, verbose: false);

        Assert.True(history["val_acc"][^1] > 0.85, $"accuracy {history["val_acc"][^1]}");
        Assert.Equal(3, model.Predict(x).Shape[1]);
        Assert.Equal(["loss", "acc", "val_loss", "val_acc"], history.Names);
    }

    [Fact]
    public void A_loop_of_ones_own_needs_a_gradient_and_an_optimizer()
    {
        var (x, y) = Spirals(300, classes: 3);
        var model = new Sequential(new Dense(32, Activation.Relu), new Dense(3)) { Seed = 2 };
        model.BuildFor([2]);

        var optimizer = new SGD(0.5, momentum: 0.9);
        var loss = new SparseCategoricalCrossentropy(fromLogits: true);
        var (first, last) = (0.0, 0.0);
        for (var step = 0; step < 60; step++)
        {
            var (value, gradients) = Gradient.ValueAndGradient(() => loss.Apply(y, model.Apply(x, training: true)), model.TrainableWeights);
            optimizer.Apply(model.TrainableWeights, gradients);
            last = value.Item();
            if (step == 0) first = last;
        }

        Assert.True(last < first / 2, $"the loss went from {first} to {last}");
    }

    [Fact]
    public void Two_networks_with_two_optimizers_play_against_each_other()
    {
        var generator = new Sequential(new Dense(16, Activation.Relu), new Dense(1)) { Seed = 3 };
        var critic = new Sequential(new Dense(16, Activation.Relu), new Dense(1)) { Seed = 4 };
        generator.BuildFor([4]);
        critic.BuildFor([1]);

        var (gAdam, dAdam) = (new Adam(5e-3, beta1: 0.5), new Adam(5e-3, beta1: 0.5));
        var bce = new BinaryCrossentropy(fromLogits: true);
        var random = new RandomStream(5);
        for (var step = 0; step < 400; step++)
        {
            var (real, z) = (random.Normal([64, 1], mean: 3, deviation: 0.5), random.Normal([64, 4]));
            var fake = generator.Apply(z);

            var d = Gradient.Of(() => bce.Apply(Tensor.Ones([64, 1]), critic.Apply(real)) + bce.Apply(Tensor.Zeros([64, 1]), critic.Apply(fake)), critic.TrainableWeights);
            dAdam.Apply(critic.TrainableWeights, d);

            var g = Gradient.Of(() => bce.Apply(Tensor.Ones([64, 1]), critic.Apply(generator.Apply(z))), generator.TrainableWeights);
            gAdam.Apply(generator.TrainableWeights, g);
        }

        Assert.InRange(generator.Apply(random.Normal([256, 4])).Mean().Item(), 2, 4);
    }

    static (Tensor X, Tensor Y) Spirals(int count, int classes)
    {
        var random = new RandomStream(11);
        var (x, y) = (new float[count, 2], new int[count]);
        for (var i = 0; i < count; i++)
        {
            var (label, radius) = (i % classes, 0.1 + random.NextDouble());
            var angle = (label * 2 * Math.PI / classes) + (radius * 1.5);
            (x[i, 0], x[i, 1], y[i]) = ((float)(radius * Math.Cos(angle)), (float)(radius * Math.Sin(angle)), label);
        }

        return (Tensor.From(x), Tensor.From(y));
    }
}
