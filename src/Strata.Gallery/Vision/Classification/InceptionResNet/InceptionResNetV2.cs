using Strata.Nn;
using static Strata.Gallery.Vision.Classification.InceptionBlocks;

namespace Strata.Gallery.Vision.Classification;

/// <summary>Inception-ResNet-v2 (Szegedy, Ioffe, Vanhoucke and Alemi 2016, arXiv:1602.07261) as its authors published it and Keras has it, with the stem of Inception-v3
/// and other widths than the paper's figures. 55,873,736 weights with the running statistics, of which 55,813,192 learn; 54,336,736 without the top.</summary>
public sealed class InceptionResNetV2 : KerasClassifier
{
    readonly Layer[] layers;

    /// <summary>The network for images of at least 75 × 75 (299 × 299 in the paper); the output is logits.</summary>
    /// <param name="classes">The number of logits.</param>
    /// <param name="includeTop">Whether the classifier is there; otherwise the output is the features [n, h', w', 1536].</param>
    public InceptionResNetV2(int classes = 1000, bool includeTop = true)
    {
        layers =
        [
            Halving(32), new InceptionUnit(32, 3, valid: true), Unit(64, 3), new MaxPooling2D(3, 2),
            new InceptionUnit(80, 1, valid: true), new InceptionUnit(192, 3, valid: true), new MaxPooling2D(3, 2),
            new MixedBlock("mixed_5b",
            [
                [Unit(96, 1)],
                [Unit(48, 1), Unit(64, 5)],
                [Unit(64, 1), Unit(96, 3), Unit(96, 3)],
                [new AveragePooling2D(3, 1, Padding.Same), Unit(64, 1)],
            ]),
            .. Enumerable.Range(1, 10).SelectMany(i => Block35($"block35_{i}")),
            ReductionA("mixed_6a", 256, 256, 384, 384),
            .. Enumerable.Range(1, 20).SelectMany(i => Block17($"block17_{i}")),
            new MixedBlock("mixed_7a",
            [
                [Unit(256, 1), Halving(384)],
                [Unit(256, 1), Halving(288)],
                [Unit(256, 1), Unit(288, 3), Halving(320)],
                [new MaxPooling2D(3, 2)],
            ]),
            .. Enumerable.Range(1, 9).SelectMany(i => Block8($"block8_{i}", .2)), .. Block8("block8_10", 1, relu: false),
            new InceptionUnit(1536, 1, name: "conv_7b"),
        ];
        foreach (var layer in layers) Track(layer);
        AddTop(classes, includeTop);
    }

    /// <inheritdoc/>
    public override int InputSize => 299;

    /// <inheritdoc/>
    public override int SmallestSize => 75;

    /// <inheritdoc/>
    private protected override Tensor Features(Tensor x, CallContext context) => layers.Apply(x, context);

    static Layer[] Block35(string name) => Residual(name, 320, .17, [[Unit(32, 1)], [Unit(32, 1), Unit(32, 3)], [Unit(32, 1), Unit(48, 3), Unit(64, 3)]]);

    static Layer[] Block17(string name) => Residual(name, 1088, .1, [[Unit(192, 1)], [Unit(128, 1), Unit(160, (1, 7)), Unit(192, (7, 1))]]);

    static Layer[] Block8(string name, double scale, bool relu = true) =>
        Residual(name, 2080, scale, [[Unit(192, 1)], [Unit(192, 1), Unit(224, (1, 3)), Unit(256, (3, 1))]], relu);
}
