using Strata.Nn;
using Strata.Random;

namespace Strata.Bench.Workloads;

/// <summary>784-512-256-10 with ReLU, batch 128, Adam, softmax cross-entropy: one training step.</summary>
internal static class Perceptron
{
    public static Workload Mlp { get; } = new("mlp", 3 * 2e-9 * 128 * ((784 * 512) + (512 * 256) + (256 * 10)), () =>
    {
        var model = new Sequential(new Dense(512, Activation.Relu), new Dense(256, Activation.Relu), new Dense(10)) { Seed = 0 };
        model.Compile(new Adam(0.001), new SparseCategoricalCrossentropy(fromLogits: true));
        var random = new RandomStream(0);
        var (x, y) = (random.Uniform([128, 784]), random.Integers([128], 0, 10));
        return () => model.TrainOnBatch(x, y);
    });
}
