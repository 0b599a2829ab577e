using Strata.Gallery.Vision.Classification;
using Strata.Nn;

namespace Strata.Gallery.Vision.Understanding;

/// <summary>The network of Zeiler and Fergus 2013 (arXiv:1311.2901, figure 3): AlexNet on one GPU with smaller filters and steps in the first two layers; 62,357,608 weights
/// for 1,000 classes. No filter's root mean square exceeds 0.1.</summary>
public sealed class ZfNet : ImageClassifier
{
    const double MostRms = .1;

    readonly Sequential layers;

    /// <summary>The network for images of 224 × 224; the output is logits.</summary>
    /// <param name="classes">The number of logits.</param>
    /// <param name="seed">Of the first weights.</param>
    public ZfNet(int classes = 1000, long seed = 0)
    {
        Seed = seed;
        layers = Track(new Sequential(
            Conv("conv1", 96, 7, 3, stride: 2, padding: 1), Relu(1), Pool("pool1", 1), new LocalResponseNormalization(), // [55, 55, 96]
            Conv("conv2", 256, 5, 96, stride: 2, padding: 0), Relu(2), Pool("pool2", 1), new LocalResponseNormalization(), // [13, 13, 256]
            Conv("conv3", 384, 3, 256), Relu(3),
            Conv("conv4", 384, 3, 384), Relu(4),
            Conv("conv5", 256, 3, 384), Relu(5), Pool("pool5", 0), // [6, 6, 256]
            new Flatten(),
            Full("fc6", 4096, Activation.Relu), new Dropout(.5),
            Full("fc7", 4096, Activation.Relu), new Dropout(.5),
            Full("fc8", classes)) { Name = "layers" });
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => layers.Apply(x, context);

    static Conv2D Conv(string name, int filters, int kernel, int inputs, int stride = 1, int padding = 1) => new(filters, kernel, stride, Padding.Of(padding))
    {
        Name = name,
        KernelInitializer = new RandomNormal(0, .01),
        KernelConstraint = Constraint.MaxNorm(MostRms * Math.Sqrt(kernel * kernel * inputs), 0, 1, 2), // section 3: a root mean square of .1 at most
    };

    static MaxPooling2D Pool(string name, int padding) => new(3, 2, Padding.Of(padding)) { Name = name };

    static ReLU Relu(int layer) => new() { Name = $"relu{layer}" };

    static Dense Full(string name, int units, Activation? activation = null) => new(units, activation) { Name = name, KernelInitializer = new RandomNormal(0, .01) };
}
