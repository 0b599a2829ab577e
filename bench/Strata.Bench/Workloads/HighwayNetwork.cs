using Strata.Nn;
using Strata.Random;

namespace Strata.Bench.Workloads;

/// <summary>A highway network of 49 layers of 50 blocks between a first and a last layer (Srivastava et al. 2015, equation 3, with the carry gate 1 − T), 784
/// inputs, batch 128, SGD with momentum: one training step.</summary>
internal static class HighwayNetwork
{
    const int Depth = 49;
    const int Width = 50;

    public static Workload Highway50 { get; } = new("highway50", 3 * 2e-9 * 128 * ((784 * Width) + (Depth * 2 * Width * Width) + (Width * 10)), () => Step(Depth + 1));

    /// <summary>A training step of a network of this many layers.</summary>
    public static Action Step(int depth)
    {
        var (first, last) = (new Dense(Width, Activation.Relu), new Dense(10));
        Dense[] plain = [.. Enumerable.Range(0, depth - 1).Select(_ => new Dense(Width, Activation.Relu))];
        Dense[] gates = [.. Enumerable.Range(0, depth - 1).Select(_ => new Dense(Width, Activation.Sigmoid))];
        var random = new RandomStream(0);
        var (images, labels) = (random.Uniform([128, 784]), random.Integers([128], 0, 10));
        Tensor Logits(Tensor x)
        {
            var h = first.Apply(x, training: true);
            for (var i = 0; i < plain.Length; i++)
            {
                var t = gates[i].Apply(h, training: true);
                h = (plain[i].Apply(h, training: true) * t) + (h * (1 - t));
            }

            return last.Apply(h, training: true);
        }

        Logits(images); // builds the layers
        Variable[] weights = [.. first.TrainableWeights, .. plain.Concat(gates).SelectMany(layer => layer.TrainableWeights), .. last.TrainableWeights];
        return Training.Step(new SGD(0.01, momentum: 0.9), weights, x => Training.CrossEntropy(Logits(x[0]), x[1]), images, labels);
    }
}
