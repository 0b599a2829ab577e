using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>MobileNet (Howard et al. 2017, arXiv:1704.04861), table 1, as Keras has it: 3×3 convolutions of each channel by itself, each followed by a 1×1,
/// all with batch normalization and ReLU6. 4,231,976 weights learn at a width of 1 (4,253,864 with the running statistics).</summary>
public sealed class MobileNet : KerasClassifier
{
    static readonly (int Filters, int Stride)[] blocks =
        [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1), (512, 1), (512, 1), (512, 1), (512, 1), (1024, 2), (1024, 1)];

    readonly List<Layer> layers = [];
    readonly Dropout dropout = new(1e-3);
    Conv2D? predictions;

    /// <summary>The network for images of at least 32 × 32; the output is logits.</summary>
    /// <param name="classes">The number of logits.</param>
    /// <param name="alpha">The width multiplier α, above 0: channels are so many times those of table 1, rounded down. Keras's weights are for 1, .75, .5 and .25.</param>
    /// <param name="depthMultiplier">Filters of each channel in the 3×3 convolutions; Keras's weights are for 1.</param>
    /// <param name="includeTop">Whether the classifier is there; otherwise the output is the features [n, ⌊h/32⌋, ⌊w/32⌋, 1024 α].</param>
    /// <exception cref="ArgumentOutOfRangeException">The width multiplier leaves no channel, or the depth multiplier is not at least 1.</exception>
    public MobileNet(int classes = 1000, double alpha = 1, int depthMultiplier = 1, bool includeTop = true)
    {
        if (!(alpha >= 1.0 / 32 && double.IsFinite(alpha))) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "MobileNet: alpha must be at least 1/32, which leaves one channel.");
        Add("conv1", new Conv2D((int)(32 * alpha), 3, strides: 2, padding: Borders(2), useBias: false) { Name = "conv1" });
        for (var i = 1; i <= blocks.Length; i++)
        {
            var (filters, stride) = blocks[i - 1];
            Add($"conv_dw_{i}", new DepthwiseConv2D(3, stride, Borders(stride), depthMultiplier, useBias: false) { Name = $"conv_dw_{i}" });
            Add($"conv_pw_{i}", new Conv2D((int)(filters * alpha), 1, useBias: false) { Name = $"conv_pw_{i}" });
        }

        AddTop(classes, includeTop);
    }

    /// <inheritdoc/>
    public override int InputSize => 224;

    /// <inheritdoc/>
    public override int SmallestSize => 32;

    private protected override Tensor Features(Tensor x, CallContext context) => layers.Apply(x, context);

    private protected override void CreateTop(int classes)
    {
        Track(dropout);
        predictions = Track(new Conv2D(classes, 1) { Name = "conv_preds" });
    }

    private protected override Tensor Logits(Tensor features, CallContext context) =>
        predictions!.Apply(dropout.Apply(features.Mean([1, 2], keepDims: true), context), context).Reshape(features.Shape[0], -1);

    void Add(string name, Layer convolution) => layers.AddRange([Track(convolution), Track(new BatchNormalization { Name = $"{name}_bn" }), Activation.Relu6]);

    // Where the size is halved, zeros lie behind the last row and column only, whether it is even or not.
    static Padding Borders(int stride) => stride == 1 ? Padding.Same : Padding.Of([(0, 1), (0, 1)]);
}
