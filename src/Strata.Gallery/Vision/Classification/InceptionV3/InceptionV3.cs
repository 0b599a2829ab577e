using Strata.Formats.PyTorch;
using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>Inception-v3 (Szegedy et al. 2015, arXiv:1512.00567) as torchvision has it. The auxiliary classifier, which only training uses, is left out;
/// without it 23,834,568 weights learn.</summary>
public sealed class InceptionV3 : ImageClassifier
{
    readonly Layer[] layers;
    readonly Dropout dropout = new(.5);
    readonly Dense? fc;
    readonly bool transformInput;

    /// <summary>The network for images of at least 75 × 75 (299 × 299 in the paper); the output is logits.</summary>
    /// <param name="classes">The number of logits.</param>
    /// <param name="includeTop">Whether the classifier is there; otherwise the output is the features [n, h', w', 2048].</param>
    /// <param name="transformInput">Whether images normalized as ImageNet's are brought to [−1, 1], as torchvision's trained weights expect.</param>
    public InceptionV3(int classes = 1000, bool includeTop = true, bool transformInput = false)
    {
        this.transformInput = transformInput;
        layers =
        [
            Unit("Conv2d_1a_3x3", 32, 3, 2, 0), Unit("Conv2d_2a_3x3", 32, 3, 1, 0), Unit("Conv2d_2b_3x3", 64, 3), new MaxPooling2D(3, 2),
            Unit("Conv2d_3b_1x1", 80, 1), Unit("Conv2d_4a_3x3", 192, 3, 1, 0), new MaxPooling2D(3, 2),
            Figure5("Mixed_5b", 32), Figure5("Mixed_5c", 64), Figure5("Mixed_5d", 64),
            new MixedBlock("Mixed_6a",
            [
                [Unit("branch3x3", 384, 3, 2, 0)],
                [Unit("branch3x3dbl_1", 64, 1), Unit("branch3x3dbl_2", 96, 3), Unit("branch3x3dbl_3", 96, 3, 2, 0)],
                [new MaxPooling2D(3, 2)],
            ]),
            Figure6("Mixed_6b", 128), Figure6("Mixed_6c", 160), Figure6("Mixed_6d", 160), Figure6("Mixed_6e", 192),
            new MixedBlock("Mixed_7a",
            [
                [Unit("branch3x3_1", 192, 1), Unit("branch3x3_2", 320, 3, 2, 0)],
                [Unit("branch7x7x3_1", 192, 1), Unit("branch7x7x3_2", 192, (1, 7)), Unit("branch7x7x3_3", 192, (7, 1)), Unit("branch7x7x3_4", 192, 3, 2, 0)],
                [new MaxPooling2D(3, 2)],
            ]),
            Figure7("Mixed_7b"), Figure7("Mixed_7c"),
        ];
        foreach (var layer in layers) Track(layer);
        if (!includeTop) return;
        Track(dropout);
        fc = Track(new Dense(classes) { Name = "fc" });
    }

    /// <inheritdoc/>
    public override int InputSize => 299;

    /// <inheritdoc/>
    public override TorchNames TorchNames { get; } = new() { Ignored = ["AuxLogits."] };

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        if (transformInput) x = GoogLeNet.ToUnit(x);
        foreach (var layer in layers) x = layer.Apply(x, context);
        return fc is null ? x : fc.Apply(dropout.Apply(x.GlobalAveragePool(), context), context);
    }

    static ConvolutionUnit Unit(string name, int filters, Window kernel, int stride = 1, Window? padding = null) => new(name, filters, kernel, stride, padding);

    // Padding counts in the mean, as in torchvision.
    static Layer Mean() => new Lambda((x, _) => x.AveragePool([3, 3], [1, 1], Padding.Same, countPadding: true));

    static MixedBlock Figure5(string name, int pooled) => new(name,
    [
        [Unit("branch1x1", 64, 1)],
        [Unit("branch5x5_1", 48, 1), Unit("branch5x5_2", 64, 5)],
        [Unit("branch3x3dbl_1", 64, 1), Unit("branch3x3dbl_2", 96, 3), Unit("branch3x3dbl_3", 96, 3)],
        [Mean(), Unit("branch_pool", pooled, 1)],
    ]);

    static MixedBlock Figure6(string name, int narrow) => new(name,
    [
        [Unit("branch1x1", 192, 1)],
        [Unit("branch7x7_1", narrow, 1), Unit("branch7x7_2", narrow, (1, 7)), Unit("branch7x7_3", 192, (7, 1))],
        [
            Unit("branch7x7dbl_1", narrow, 1), Unit("branch7x7dbl_2", narrow, (7, 1)), Unit("branch7x7dbl_3", narrow, (1, 7)), Unit("branch7x7dbl_4", narrow, (7, 1)),
            Unit("branch7x7dbl_5", 192, (1, 7)),
        ],
        [Mean(), Unit("branch_pool", 192, 1)],
    ]);

    static MixedBlock Figure7(string name) => new(name,
    [
        [Unit("branch1x1", 320, 1)],
        [Unit("branch3x3_1", 384, 1), Unit("branch3x3_2a", 384, (1, 3)), Unit("branch3x3_2b", 384, (3, 1))],
        [Unit("branch3x3dbl_1", 448, 1), Unit("branch3x3dbl_2", 384, 3), Unit("branch3x3dbl_3a", 384, (1, 3)), Unit("branch3x3dbl_3b", 384, (3, 1))],
        [Mean(), Unit("branch_pool", 192, 1)],
    ], forks: true);
}
