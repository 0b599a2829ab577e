using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>Residual networks for ImageNet (He, Zhang, Ren and Sun 2015, arXiv:1512.03385), table 1.</summary>
public sealed class ResNet : ImageClassifier
{
    readonly Conv2D conv1 = ResidualBlock.Convolution("conv1", 64, 7, 2);
    readonly BatchNormalization bn1 = ResidualBlock.Normalization("bn1");
    readonly Sequential[] stages;
    readonly Dense? fc;

    ResNet(int[] depths, bool bottleneck, int classes, bool includeTop, Shortcuts shortcuts, bool strideIn3x3 = true)
    {
        Track(conv1);
        Track(bn1);
        stages = [.. depths.Select((depth, stage) =>
        {
            var layers = new Sequential { Name = $"layer{stage + 1}" };
            for (var i = 0; i < depth; i++)
            {
                var (filters, stride, changes) = (64 << stage, i == 0 && stage > 0 ? 2 : 1, i == 0 && (stage > 0 || bottleneck));
                layers.Add(bottleneck
                    ? ResidualBlock.Bottleneck($"{i}", filters, stride, shortcuts, changes, strideIn3x3)
                    : ResidualBlock.Basic($"{i}", filters, stride, shortcuts, changes));
            }

            return Track(layers);
        })];
        if (includeTop) fc = Track(new Dense(classes) { Name = "fc" });
    }

    /// <summary>The network of 18, 34, 50, 101 or 152 layers.</summary>
    /// <param name="depth">One of these numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is another.</exception>
    public static ResNet OfDepth(int depth) => depth switch
    {
        18 => ResNet18(),
        34 => ResNet34(),
        50 => ResNet50(),
        101 => ResNet101(),
        152 => ResNet152(),
        _ => throw new ArgumentOutOfRangeException(nameof(depth), depth, "ResNet: the depth must be 18, 34, 50, 101 or 152."),
    };

    /// <summary>18 layers, 11,689,512 weights. The output is logits.</summary>
    /// <param name="classes">The number of logits.</param>
    /// <param name="includeTop">Whether the classifier is there; otherwise the output is the features [n, h/32, w/32, channels].</param>
    /// <param name="shortcuts">Torchvision's weights are for <see cref="Shortcuts.B"/>; <see cref="Shortcuts.None"/> is the plain network.</param>
    public static ResNet ResNet18(int classes = 1000, bool includeTop = true, Shortcuts shortcuts = Shortcuts.B) => new([2, 2, 2, 2], bottleneck: false, classes, includeTop, shortcuts);

    /// <summary>34 layers, 21,797,672 weights.</summary>
    /// <inheritdoc cref="ResNet18"/>
    public static ResNet ResNet34(int classes = 1000, bool includeTop = true, Shortcuts shortcuts = Shortcuts.B) => new([3, 4, 6, 3], bottleneck: false, classes, includeTop, shortcuts);

    /// <summary>50 layers, 25,557,032 weights. The output is logits.</summary>
    /// <param name="classes">The number of logits.</param>
    /// <param name="includeTop">Whether the classifier is there; otherwise the output is the features [n, h/32, w/32, channels].</param>
    /// <param name="strideIn3x3">Where a block halves the size: in its 3×3 convolution as in torchvision, or in its first 1×1 as in the paper.</param>
    public static ResNet ResNet50(int classes = 1000, bool includeTop = true, bool strideIn3x3 = true) => new([3, 4, 6, 3], bottleneck: true, classes, includeTop, Shortcuts.B, strideIn3x3);

    /// <summary>101 layers, 44,549,160 weights.</summary>
    /// <inheritdoc cref="ResNet50"/>
    public static ResNet ResNet101(int classes = 1000, bool includeTop = true, bool strideIn3x3 = true) => new([3, 4, 23, 3], bottleneck: true, classes, includeTop, Shortcuts.B, strideIn3x3);

    /// <summary>152 layers, 60,192,808 weights.</summary>
    /// <inheritdoc cref="ResNet50"/>
    public static ResNet ResNet152(int classes = 1000, bool includeTop = true, bool strideIn3x3 = true) => new([3, 8, 36, 3], bottleneck: true, classes, includeTop, Shortcuts.B, strideIn3x3);

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        x = bn1.Apply(conv1.Apply(x, context), context).Relu();
        x = x.MaxPool([3, 3], [2, 2], Padding.Of(1));
        foreach (var stage in stages) x = stage.Apply(x, context);
        return fc is null ? x : fc.Apply(x.GlobalAveragePool(), context);
    }
}
