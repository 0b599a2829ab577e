using Strata.Nn;
using Strata.Random;

namespace Strata.Bench.Workloads;

/// <summary>VGG-16 (Simonyan and Zisserman 2015, configuration D): the scores of one image of 224×224.</summary>
internal static class Vgg
{
    static readonly (int Layers, int Channels)[] stages = [(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)];

    public static Workload Vgg16Infer { get; } = new("vgg16_infer", 2e-9 * (15_346_630_656 + (25088.0 * 4096) + (4096.0 * 4096) + (4096.0 * 1000)), () =>
    {
        var layers = new List<Layer>();
        foreach (var (count, channels) in stages)
        {
            for (var i = 0; i < count; i++) layers.Add(new Conv2D(channels, 3, padding: Padding.Same, activation: Activation.Relu));
            layers.Add(new MaxPooling2D(2));
        }

        var network = new Sequential([.. layers, new Flatten(), new Dense(4096, Activation.Relu), new Dense(4096, Activation.Relu), new Dense(1000)]) { Seed = 0 };
        var x = new RandomStream(0).Uniform([1, 224, 224, 3]);
        var infer = Compiled.Function((Tensor x) => network.Apply(x));
        return () => infer(x);
    });
}
