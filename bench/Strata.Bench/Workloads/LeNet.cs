using Strata.Nn;
using Strata.Random;

namespace Strata.Bench.Workloads;

/// <summary>LeNet-5 with ReLU on 28×28, batch 128, SGD with momentum: one training step.</summary>
internal static class LeNet
{
    const double Convolutions = (28 * 28 * 25 * 6) + (10 * 10 * 25 * 6 * 16);
    const double Dense = (400 * 120) + (120 * 84) + (84 * 10);

    public static Workload LeNet5 { get; } = new("lenet5", 3 * 2e-9 * 128 * (Convolutions + Dense), () => Step(128));

    /// <summary>A training step of a batch of this size.</summary>
    public static Action Step(int batch)
    {
        var model = new Sequential(
            new Conv2D(6, 5, padding: Padding.Same, activation: Activation.Relu),
            new MaxPooling2D(2),
            new Conv2D(16, 5, activation: Activation.Relu),
            new MaxPooling2D(2),
            new Flatten(),
            new Dense(120, Activation.Relu),
            new Dense(84, Activation.Relu),
            new Dense(10)) { Seed = 0 };
        model.Compile(new SGD(0.01, momentum: 0.9), new SparseCategoricalCrossentropy(fromLogits: true));
        var random = new RandomStream(0);
        var (x, y) = (random.Uniform([batch, 28, 28, 1]), random.Integers([batch], 0, 10));
        return () => model.TrainOnBatch(x, y);
    }
}
