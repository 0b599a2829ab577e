using Strata.Nn;
using Strata.Random;

namespace Strata.Bench.Workloads;

/// <summary>ResNet-20 for 32×32 images (He et al. 2016, section 4.2) with shortcuts without weights (option A), batch 128, SGD with momentum and weight
/// decay: one training step.</summary>
internal static class ResNet
{
    const double Stem = 32 * 32 * 9.0 * 3 * 16;
    const double Stage = 6 * 32 * 32 * 9.0 * 16 * 16; // half the size and twice the channels leave a stage's work as it is ...
    const double Transitions = 2 * (16 * 16 * 9.0 * 16 * 32); // ... but for its first convolution, which sees half the channels

    public static Workload ResNet20 { get; } = new("resnet20", 3 * 2e-9 * 128 * (Stem + (3 * Stage) - Transitions + 640), () =>
    {
        var stem = new Sequential(Convolution(16, 1), new BatchNormalization(0.9, 1e-5), Activation.Relu) { Seed = 0 };
        Block[] blocks = [.. new[] { 16, 16, 16, 32, 32, 32, 64, 64, 64 }.Select((channels, i) => new Block(channels, i is 3 or 6 ? 2 : 1, i + 1))];
        var head = new Sequential(new GlobalAveragePooling2D(), new Dense(10)) { Seed = 20 };
        var random = new RandomStream(0);
        var (images, labels) = (random.Uniform([128, 32, 32, 3]), random.Integers([128], 0, 10));
        Tensor Logits(Tensor x) => head.Apply(blocks.Aggregate(stem.Apply(x, training: true), (h, block) => block.Apply(h)), training: true);

        Logits(images); // builds the layers
        Variable[] weights = [.. stem.TrainableWeights, .. blocks.SelectMany(b => b.Body.TrainableWeights), .. head.TrainableWeights];
        return Training.Step(new SGD(0.1, momentum: 0.9) { L2 = 1e-4 }, weights, x => Training.CrossEntropy(Logits(x[0]), x[1]), images, labels);
    });

    static Conv2D Convolution(int channels, int stride) => new(channels, 3, strides: stride, padding: Padding.Of(1), useBias: false);

    /// <summary>relu(x + body(x)); a shortcut to half the size takes every second pixel and adds channels of zeros.</summary>
    sealed class Block(int channels, int stride, long seed)
    {
        public Sequential Body { get; } = new(
            Convolution(channels, stride), new BatchNormalization(0.9, 1e-5), Activation.Relu,
            Convolution(channels, 1), new BatchNormalization(0.9, 1e-5)) { Seed = seed };

        public Tensor Apply(Tensor x)
        {
            var shortcut = stride == 1 ? x : Halved(x);
            return (Body.Apply(x, training: true) + shortcut).Relu();
        }

        Tensor Halved(Tensor x) => x
            .Slice([0, 0, 0, 0], [x.Shape[0], x.Shape[1] / 2, x.Shape[2] / 2, x.Shape[3]], [1, 2, 2, 1])
            .Pad([(0, 0), (0, 0), (0, 0), (0, channels - x.Shape[3])]);
    }
}
