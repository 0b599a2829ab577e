using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>NASNet-A (Zoph, Vasudevan, Shlens and Le 2017, arXiv:1707.07012), figure 2, as Keras has it: two reduction cells after the first convolution, then three
/// times N normal cells with a reduction cell between them, which doubles the filters. There is no auxiliary classifier and no drop path.</summary>
public sealed class NasNet : KerasClassifier
{
    readonly Layer[] stem;
    readonly List<NasNetCell> cells = [];

    NasNet(int repeats, int stemFilters, int penultimate, int inputSize, int classes, bool includeTop)
    {
        InputSize = inputSize;
        stem =
        [
            new Conv2D(stemFilters, 3, strides: 2, useBias: false) { Name = "stem_conv1", KernelInitializer = Initializer.HeNormal },
            NasNetCell.Normalization("stem_bn1"),
        ];
        foreach (var layer in stem) Track(layer);

        var filters = penultimate / 24; // 6 sums of 4 times as many, after two reductions
        Add("stem_1", filters / 4, reduces: true, NasNetPrevious.AsItIs);
        Add("stem_2", filters / 2, reduces: true, NasNetPrevious.Halved);
        for (var stage = 0; stage < 3; stage++)
        {
            if (stage > 0) Add($"reduce_{stage * repeats}", filters << stage, reduces: true, NasNetPrevious.Projected);
            for (var i = 0; i < repeats; i++)
                Add($"{(stage * repeats) + i + Math.Min(stage, 1)}", filters << stage, reduces: false, i == 0 ? NasNetPrevious.Halved : NasNetPrevious.Projected);
        }

        AddTop(classes, includeTop);

        void Add(string id, int width, bool reduces, NasNetPrevious previous) => cells.Add(Track(new NasNetCell(id, width, reduces, previous)));
    }

    /// <inheritdoc/>
    public override int InputSize { get; }

    /// <inheritdoc/>
    public override int SmallestSize => 32;

    /// <summary>4 @ 1056, for images of at least 32 × 32 (224 × 224 in the paper): 5,326,716 weights with the running statistics, of which 5,289,978 learn;
    /// 4,269,716 without the top. The output is logits.</summary>
    /// <param name="classes">The number of logits.</param>
    /// <param name="includeTop">Whether the classifier is there; otherwise the output is the features [n, h', w', 1056].</param>
    public static NasNet NasNetMobile(int classes = 1000, bool includeTop = true) => new(4, 32, 1056, 224, classes, includeTop);

    /// <summary>6 @ 4032, for images of at least 32 × 32 (331 × 331 in the paper): 88,949,818 weights with the running statistics, of which 88,753,150 learn;
    /// 84,916,818 without the top. The output is logits.</summary>
    /// <param name="classes">The number of logits.</param>
    /// <param name="includeTop">Whether the classifier is there; otherwise the output is the features [n, h', w', 4032].</param>
    public static NasNet NasNetLarge(int classes = 1000, bool includeTop = true) => new(6, 96, 4032, 331, classes, includeTop);

    /// <inheritdoc/>
    private protected override string NameInKeras(string name) => name.Replace("reduction_1_", "reduction_right1_", StringComparison.Ordinal);

    /// <inheritdoc/>
    private protected override Tensor Features(Tensor x, CallContext context)
    {
        x = stem.Apply(x, context);
        var previous = x;
        foreach (var cell in cells) (x, previous) = (cell.Apply([x, previous], context)[0], x);
        return x.Relu();
    }
}
