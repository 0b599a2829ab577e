using System.Text.RegularExpressions;
using Strata.Formats.PyTorch;
using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>Densely connected networks for ImageNet (Huang, Liu, van der Maaten and Weinberger 2016, arXiv:1608.06993), table 1: DenseNet-BC, each
/// transition of which halves the channels. Images have at least 29 × 29 pixels.</summary>
public sealed partial class DenseNet : ImageClassifier
{
    readonly Sequential features;
    readonly Dense? classifier;

    DenseNet(int[] depths, int growth, int channels, int classes, bool includeTop)
    {
        features = new Sequential(ResidualBlock.Convolution("conv0", channels, 7, 2), ResidualBlock.Normalization("norm0"), Activation.Relu, new MaxPooling2D(3, 2, Padding.Of(1))) { Name = "features" };
        for (var i = 0; i < depths.Length; i++)
        {
            if (i > 0) features.Add(Transition($"transition{i}", channels /= 2));
            var block = new Sequential { Name = $"denseblock{i + 1}" };
            for (var j = 0; j < depths[i]; j++) block.Add(new DenseLayer($"denselayer{j + 1}", growth));
            features.Add(block);
            channels += depths[i] * growth;
        }

        features.Add(ResidualBlock.Normalization("norm5"));
        features.Add(Activation.Relu);
        Track(features);
        if (includeTop) classifier = Track(new Dense(classes) { Name = "classifier" });
    }

    /// <summary>121 layers of growth rate 32, 7,978,856 weights. The output is logits.</summary>
    /// <param name="classes">The number of logits.</param>
    /// <param name="includeTop">Whether the classifier is there; otherwise the output is the features [n, h/32, w/32, channels] behind the last ReLU.</param>
    public static DenseNet DenseNet121(int classes = 1000, bool includeTop = true) => new([6, 12, 24, 16], 32, 64, classes, includeTop);

    /// <summary>161 layers of growth rate 48, 28,681,000 weights. The output is logits.</summary>
    /// <inheritdoc cref="DenseNet121"/>
    public static DenseNet DenseNet161(int classes = 1000, bool includeTop = true) => new([6, 12, 36, 24], 48, 96, classes, includeTop);

    /// <summary>169 layers of growth rate 32, 14,149,480 weights. The output is logits.</summary>
    /// <inheritdoc cref="DenseNet121"/>
    public static DenseNet DenseNet169(int classes = 1000, bool includeTop = true) => new([6, 12, 32, 32], 32, 64, classes, includeTop);

    /// <summary>201 layers of growth rate 32, 20,013,928 weights. The output is logits.</summary>
    /// <inheritdoc cref="DenseNet121"/>
    public static DenseNet DenseNet201(int classes = 1000, bool includeTop = true) => new([6, 12, 48, 32], 32, 64, classes, includeTop);

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        x = features.Apply(x, context);
        return classifier is null ? x : classifier.Apply(x.GlobalAveragePool(), context);
    }

    // The files that torchvision downloads call norm.1 and conv.2 what its modules call norm1 and conv2.
    internal override WeightReport LoadTorch(IReadOnlyDictionary<string, Tensor> state) => base.LoadTorch(state.ToDictionary(t => DottedName().Replace(t.Key, "$1$2"), t => t.Value));

    [GeneratedRegex(@"(\.denselayer\d+\.(?:norm|conv))\.([12]\.)")]
    private static partial Regex DottedName();

    static Sequential Transition(string name, int channels) =>
        new(ResidualBlock.Normalization("norm"), Activation.Relu, ResidualBlock.Convolution("conv", channels, 1, 1), new AveragePooling2D(2)) { Name = name };
}
