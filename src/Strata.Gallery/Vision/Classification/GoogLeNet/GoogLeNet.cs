using Strata.Formats.PyTorch;
using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>GoogLeNet (Szegedy et al. 2014, arXiv:1409.4842) in torchvision's variant: batch normalization instead of local response normalization, and
/// 3×3 in place of 5×5. The auxiliary classifiers, which only training uses, are left out; without them 6,624,904 weights learn.</summary>
public sealed class GoogLeNet : ImageClassifier
{
    readonly Layer[] layers;
    readonly Dropout dropout = new(.2);
    readonly Dense? fc;
    readonly bool transformInput;

    /// <summary>The network for images of at least 15 × 15; the output is logits.</summary>
    /// <param name="classes">The number of logits.</param>
    /// <param name="includeTop">Whether the classifier is there; otherwise the output is the features [n, h/32, w/32, 1024].</param>
    /// <param name="transformInput">Whether images normalized as ImageNet's are brought to [−1, 1], as torchvision's trained weights expect.</param>
    public GoogLeNet(int classes = 1000, bool includeTop = true, bool transformInput = false)
    {
        this.transformInput = transformInput;
        layers =
        [
            new ConvolutionUnit("conv1", 64, 7, stride: 2), new CeilingMaxPooling2D(3),
            new ConvolutionUnit("conv2", 64, 1), new ConvolutionUnit("conv3", 192, 3), new CeilingMaxPooling2D(3),
            new InceptionModule("inception3a", 64, 96, 128, 16, 32, 32), new InceptionModule("inception3b", 128, 128, 192, 32, 96, 64), new CeilingMaxPooling2D(3),
            new InceptionModule("inception4a", 192, 96, 208, 16, 48, 64), new InceptionModule("inception4b", 160, 112, 224, 24, 64, 64),
            new InceptionModule("inception4c", 128, 128, 256, 24, 64, 64), new InceptionModule("inception4d", 112, 144, 288, 32, 64, 64),
            new InceptionModule("inception4e", 256, 160, 320, 32, 128, 128), new CeilingMaxPooling2D(2),
            new InceptionModule("inception5a", 256, 160, 320, 32, 128, 128), new InceptionModule("inception5b", 384, 192, 384, 48, 128, 128),
        ];
        foreach (var layer in layers) Track(layer);
        if (!includeTop) return;
        Track(dropout);
        fc = Track(new Dense(classes) { Name = "fc" });
    }

    /// <inheritdoc/>
    public override TorchNames TorchNames { get; } = new() { Ignored = ["aux1.", "aux2."] };

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        if (transformInput) x = ToUnit(x);
        foreach (var layer in layers) x = layer.Apply(x, context);
        return fc is null ? x : fc.Apply(dropout.Apply(x.GlobalAveragePool(), context), context);
    }

    /// <summary>From (p − mean)/deviation of ImageNet to (p − ½)/½.</summary>
    internal static Tensor ToUnit(Tensor x) => (x * (ImageNetDeviation / .5)) + ((ImageNetMean - .5) / .5);
}
