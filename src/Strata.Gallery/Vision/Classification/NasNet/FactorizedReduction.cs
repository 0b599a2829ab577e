using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>Half the size without a loss of every second cell: ReLU, then a 1×1 convolution of the cells at even places beside one of those at odd places, and batch
/// normalization;  [n, h, w, c] → [n, ⌈h/2⌉, ⌈w/2⌉, filters].</summary>
public sealed class FactorizedReduction : Layer
{
    readonly Conv2D even, odd;
    readonly BatchNormalization normalization;

    /// <summary>Creates the layer.</summary>
    /// <param name="id">The cell that it is for, which ends the names of its parts.</param>
    /// <param name="filters">Channels of the output, an even number.</param>
    public FactorizedReduction(string id, int filters)
    {
        Name = $"adjust_{id}";
        even = Track(NasNetCell.Convolution($"adjust_conv_1_{id}", filters / 2));
        odd = Track(NasNetCell.Convolution($"adjust_conv_2_{id}", filters / 2));
        normalization = Track(NasNetCell.Normalization($"adjust_bn_{id}"));
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        x = x.Relu();
        var shifted = x.Pad([(0, 0), (0, 1), (0, 1), (0, 0)])[.., 1.., 1.., ..];
        return normalization.Apply(Tensor.Concatenate([even.Apply(EverySecond(x), context), odd.Apply(EverySecond(shifted), context)], -1), context);
    }

    static Tensor EverySecond(Tensor x) => x.MaxPool([1, 1], [2, 2], Padding.Valid);
}
