using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>y = (x − mean)/deviation, with fixed numbers that are saved with the model: what its pictures, in [0, 1], go through first.</summary>
/// <param name="mean">Of each channel [c], or of each pixel [h, w, c].</param>
/// <param name="deviation">In the shape of the mean; by default ones.</param>
public sealed class PixelNormalization(Tensor mean, Tensor? deviation = null) : Layer
{
    Variable means = null!, deviations = null!;

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        means = Weight("mean", mean.Shape, Initializer.Zeros, trainable: false);
        deviations = Weight("deviation", mean.Shape, Initializer.Ones, trainable: false);
        means.Assign(mean);
        if (deviation is not null) deviations.Assign(deviation);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => (x - means) / deviations;
}
