using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>The blocks that Inception-v4 and the Inception-ResNets share (Szegedy et al. 2016, arXiv:1602.07261).</summary>
static class InceptionBlocks
{
    /// <summary>A unit that keeps the size.</summary>
    public static InceptionUnit Unit(int filters, Window kernel) => new(filters, kernel);

    /// <summary>A unit whose windows of 3×3 take steps of two inside of the input.</summary>
    public static InceptionUnit Halving(int filters) => new(filters, 3, stride: 2, valid: true);

    /// <summary>An inception block with a shortcut (figures 16, 17 and 19): the branches' channels, mixed by a linear 1×1 convolution with bias, are scaled and added to
    /// the input.</summary>
    /// <param name="name">The name of the block.</param>
    /// <param name="channels">Channels of the input, and so of the output.</param>
    /// <param name="scale">What the branches are multiplied by, .1 to .3 in section 3.3.</param>
    /// <param name="branches">The branches, in the order of their channels.</param>
    /// <param name="relu">Whether ReLU follows the sum.</param>
    public static Layer[] Residual(string name, int channels, double scale, Layer[][] branches, bool relu = true)
    {
        var sum = new ResidualSum(name, [new MixedBlock($"{name}_mixed", branches), new Conv2D(channels, 1) { Name = $"{name}_conv" }], scale: scale);
        return relu ? [sum, Activation.Relu] : [sum];
    }

    /// <summary>Reduction-A (figure 7): the size is halved in three ways side by side.</summary>
    /// <param name="name">The name of the block.</param>
    /// <param name="k">Filters of the first convolution of the long branch; the letters are those of table 1.</param>
    /// <param name="l">Of its second.</param>
    /// <param name="m">Of its last.</param>
    /// <param name="n">Of the branch of a single convolution.</param>
    public static MixedBlock ReductionA(string name, int k, int l, int m, int n) =>
        new(name, [[Halving(n)], [Unit(k, 1), Unit(l, 3), Halving(m)], [new MaxPooling2D(3, 2)]]);
}
