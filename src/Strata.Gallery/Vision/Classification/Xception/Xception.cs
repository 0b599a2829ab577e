using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>Xception (Chollet 2016, arXiv:1610.02357), figure 5, as Keras has it: an Inception taken to the extreme, where each channel is filtered by itself and a
/// 1×1 convolution mixes them. 22,910,480 weights with the running statistics, of which 22,855,952 learn; 20,861,480 without the top.</summary>
public sealed class Xception : KerasClassifier
{
    readonly Layer[] layers;

    /// <summary>The network for images of at least 71 × 71 (299 × 299 in the paper); the output is logits.</summary>
    /// <param name="classes">The number of logits.</param>
    /// <param name="includeTop">Whether the classifier is there; otherwise the output is the features [n, h', w', 2048].</param>
    public Xception(int classes = 1000, bool includeTop = true)
    {
        layers =
        [
            .. Unit("block1_conv1", new Conv2D(32, 3, strides: 2, useBias: false) { Name = "block1_conv1" }), Activation.Relu,
            .. Unit("block1_conv2", new Conv2D(64, 3, useBias: false) { Name = "block1_conv2" }), Activation.Relu,
            Narrowing(2, 128, 128), Narrowing(3, 256, 256), Narrowing(4, 728, 728),
            .. Enumerable.Range(5, 8).Select(i => new ResidualSum($"block{i}", [.. Separable(i, [728, 728, 728])])),
            Narrowing(13, 728, 1024),
            .. Separable(14, [1536, 2048], reluFirst: false), Activation.Relu,
        ];
        foreach (var layer in layers) Track(layer);
        AddTop(classes, includeTop);
    }

    /// <inheritdoc/>
    public override int InputSize => 299;

    /// <inheritdoc/>
    public override int SmallestSize => 71;

    /// <inheritdoc/>
    private protected override Tensor Features(Tensor x, CallContext context) => layers.Apply(x, context);

    static Layer[] Unit(string name, Layer convolution) => [convolution, new BatchNormalization { Name = $"{name}_bn" }];

    // A block that halves the size; ReLU comes before its convolutions, except where the layer before ends with one.
    static ResidualSum Narrowing(int block, int inner, int filters) => new(
        $"block{block}",
        [.. Separable(block, [inner, filters], reluFirst: block > 2), new MaxPooling2D(3, 2, Padding.Same) { Name = $"block{block}_pool" }],
        [new Conv2D(filters, 1, strides: 2, padding: Padding.Same, useBias: false), new BatchNormalization()]);

    // The separable convolutions of a block, with a ReLU before each.
    static IEnumerable<Layer> Separable(int block, int[] filters, bool reluFirst = true)
    {
        for (var i = 1; i <= filters.Length; i++)
        {
            var name = $"block{block}_sepconv{i}";
            if (reluFirst || i > 1) yield return Activation.Relu;
            foreach (var layer in Unit(name, new SeparableConv2D(filters[i - 1], 3, padding: Padding.Same, useBias: false) { Name = name })) yield return layer;
        }
    }
}
