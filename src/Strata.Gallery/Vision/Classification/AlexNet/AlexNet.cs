using Strata.Formats.PyTorch;
using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>AlexNet (Krizhevsky, Sutskever and Hinton 2012) in the variant of one column without local response normalization (Krizhevsky 2014,
/// arXiv:1404.5997), which torchvision has: 61,100,840 weights.</summary>
public sealed class AlexNet : ImageClassifier
{
    readonly Sequential features;
    readonly AdaptiveAveragePooling2D pool = new(6, 6);
    readonly Sequential? classifier;

    /// <summary>The network for images of at least 63 × 63; the output is logits.</summary>
    /// <param name="classes">The number of logits.</param>
    /// <param name="includeTop">Whether the classifier is there; otherwise the output is the features [n, h, w, 256].</param>
    public AlexNet(int classes = 1000, bool includeTop = true)
    {
        features = Track(new Sequential(
            Convolution("0", 64, 11, stride: 4, padding: 2), Activation.Relu, new MaxPooling2D(3, 2),
            Convolution("3", 192, 5, padding: 2), Activation.Relu, new MaxPooling2D(3, 2),
            Convolution("6", 384, 3, padding: 1), Activation.Relu,
            Convolution("8", 256, 3, padding: 1), Activation.Relu,
            Convolution("10", 256, 3, padding: 1), Activation.Relu, new MaxPooling2D(3, 2)) { Name = "features" });
        if (!includeTop) return;
        Track(pool);
        classifier = Track(new Sequential(
            new Dropout(.5), new Dense(4096, Activation.Relu) { Name = "1" },
            new Dropout(.5), new Dense(4096, Activation.Relu) { Name = "4" },
            new Dense(classes) { Name = "6" }) { Name = "classifier" });
    }

    /// <inheritdoc/>
    public override TorchNames TorchNames { get; } = new() { Flattened = new Dictionary<string, (int, int)> { ["classifier.1.weight"] = (6, 6) } };

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        x = features.Apply(x, context);
        return classifier is null ? x : classifier.Apply(pool.Apply(x, context).Reshape(x.Shape[0], -1), context);
    }
}
