using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>MobileNetV2 (Sandler et al. 2018, arXiv:1801.04381): inverted residuals with linear bottlenecks, table 2. 3,504,872 weights at a width of 1.</summary>
public sealed class MobileNetV2 : ImageClassifier
{
    // Expansion t, channels c, how often n and the first step s of each row of table 2.
    static readonly (int Expansion, int Channels, int Blocks, int Stride)[] rows =
        [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];

    readonly Sequential features;
    readonly Sequential? classifier;

    /// <summary>The network for images of any size; the output is logits.</summary>
    /// <param name="classes">The number of logits.</param>
    /// <param name="alpha">The width multiplier, above 0: channels are so many times those of the paper, rounded to a multiple of 8 and never below nine
    /// tenths; the 1280 last ones do not become fewer. Torchvision's weights are for 1.</param>
    /// <param name="includeTop">Whether the classifier is there; otherwise the output is the features [n, ⌈h/32⌉, ⌈w/32⌉, channels].</param>
    /// <exception cref="ArgumentOutOfRangeException">The width multiplier is not a number above 0.</exception>
    public MobileNetV2(int classes = 1000, double alpha = 1, bool includeTop = true)
    {
        if (!(alpha > 0 && double.IsFinite(alpha))) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "MobileNetV2: alpha must be above 0.");
        var channels = Rounded(32 * alpha);
        features = new Sequential(InvertedResidual.Unit("0", channels, 3, stride: 2)) { Name = "features" };
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Blocks; i++)
            {
                var outputs = Rounded(row.Channels * alpha);
                features.Add(new InvertedResidual($"{features.Layers.Count}", channels, outputs, i == 0 ? row.Stride : 1, row.Expansion));
                channels = outputs;
            }
        }

        features.Add(InvertedResidual.Unit($"{features.Layers.Count}", Rounded(1280 * Math.Max(1, alpha)), 1));
        Track(features);
        if (includeTop) classifier = Track(new Sequential(new Dropout(.2), new Dense(classes) { Name = "1" }) { Name = "classifier" });
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        x = features.Apply(x, context);
        return classifier is null ? x : classifier.Apply(x.GlobalAveragePool(), context);
    }

    static int Rounded(double channels)
    {
        var nearest = Math.Max(8, (int)(channels + 4) / 8 * 8);
        return nearest < .9 * channels ? nearest + 8 : nearest;
    }
}
