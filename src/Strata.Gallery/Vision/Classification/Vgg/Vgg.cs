using Strata.Formats.PyTorch;
using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>VGG (Simonyan and Zisserman 2014, arXiv:1409.1556): convolutions of 3×3 in five stages, each followed by pooling, and three dense layers.</summary>
public sealed class Vgg : ImageClassifier
{
    static readonly int[] widths = [64, 128, 256, 512, 512];

    readonly Sequential features;
    readonly AdaptiveAveragePooling2D pool = new(7, 7);
    readonly Sequential? classifier;

    Vgg(int[] depths, int classes, bool includeTop)
    {
        features = new Sequential { Name = "features" };
        var index = 0; // of torchvision's modules: a convolution, a ReLU, …, a pooling
        for (var stage = 0; stage < depths.Length; stage++, index++)
        {
            for (var i = 0; i < depths[stage]; i++, index += 2)
            {
                features.Add(Convolution($"{index}", widths[stage], 3, padding: 1));
                features.Add(Activation.Relu);
            }

            features.Add(new MaxPooling2D(2));
        }

        Track(features);
        if (!includeTop) return;
        Track(pool);
        classifier = Track(new Sequential(
            new Dense(4096, Activation.Relu) { Name = "0" }, new Dropout(.5),
            new Dense(4096, Activation.Relu) { Name = "3" }, new Dropout(.5),
            new Dense(classes) { Name = "6" }) { Name = "classifier" });
    }

    /// <summary>Configuration D of table 1: 16 layers, 138,357,544 weights. The output is logits.</summary>
    /// <param name="classes">The number of logits.</param>
    /// <param name="includeTop">Whether the classifier is there; otherwise the output is the features [n, h/32, w/32, 512].</param>
    public static Vgg Vgg16(int classes = 1000, bool includeTop = true) => new([2, 2, 3, 3, 3], classes, includeTop);

    /// <summary>Configuration E of table 1: 19 layers, 143,667,240 weights. The output is logits.</summary>
    /// <inheritdoc cref="Vgg16"/>
    public static Vgg Vgg19(int classes = 1000, bool includeTop = true) => new([2, 2, 4, 4, 4], classes, includeTop);

    /// <inheritdoc/>
    public override TorchNames TorchNames { get; } = new() { Flattened = new Dictionary<string, (int, int)> { ["classifier.0.weight"] = (7, 7) } };

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        x = features.Apply(x, context);
        return classifier is null ? x : classifier.Apply(pool.Apply(x, context).Reshape(x.Shape[0], -1), context);
    }
}
