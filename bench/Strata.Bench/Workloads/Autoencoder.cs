using Strata.Nn;
using Strata.Random;

namespace Strata.Bench.Workloads;

/// <summary>A variational autoencoder 784-400-20-400-784, batch 128, Adam: one training step.</summary>
internal static class Autoencoder
{
    public static Workload Vae { get; } = new("vae", 3 * 2e-9 * 128 * ((2 * 784 * 400) + (3 * 20 * 400)), () =>
    {
        var encoder = new Sequential(new Dense(400, Activation.Relu)) { Seed = 1 };
        var (mean, logVariance) = (new Dense(20), new Dense(20));
        var decoder = new Sequential(new Dense(400, Activation.Relu), new Dense(784)) { Seed = 2 };
        var optimizer = new Adam(0.001);
        var random = new RandomStream(0);
        var x = random.Uniform([128, 784]);

        Tensor Loss(Tensor x)
        {
            var h = encoder.Apply(x, training: true);
            var (m, v) = (mean.Apply(h, training: true), logVariance.Apply(h, training: true));
            var z = m + ((0.5 * v).Exp() * random.Normal(m.Shape));
            var logits = decoder.Apply(z, training: true);
            var reconstruction = Tensor.SigmoidCrossEntropy(logits, x).Sum();
            var divergence = -0.5 * (1 + v - (m * m) - v.Exp()).Sum();
            return (reconstruction + divergence) / 128;
        }

        Loss(x); // builds the layers
        Variable[] weights = [.. encoder.TrainableWeights, .. mean.TrainableWeights, .. logVariance.TrainableWeights, .. decoder.TrainableWeights];
        return Training.Step(optimizer, weights, inputs => Loss(inputs[0]), x);
    });
}
