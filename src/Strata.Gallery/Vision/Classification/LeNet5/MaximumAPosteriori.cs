using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>The discriminative criterion for distances y and the class D of a pattern: E = y_D + ln(e^−j + Σ_i e^−y_i).   (9)</summary>
/// <param name="j">Keeps the distances of wrong classes from being pushed without end.</param>
public sealed class MaximumAPosteriori(double j = 1) : Loss("map")
{
    /// <inheritdoc/>
    protected override Tensor Call(Tensor d, Tensor minusY)
    {
        var correct = minusY.GatherAlong(d.ExpandDims(1), 1).Squeeze(1);                     // −y_D
        var constant = Tensor.Full([minusY.Shape[0], 1], -j, minusY.DType);
        return Tensor.Concatenate([minusY, constant], 1).LogSumExp(1) - correct;
    }

    /// <inheritdoc/>
    protected override Tensor Fit(Tensor targets, Tensor predictions) => targets.Shape == predictions.Shape[..^1]
        ? targets
        : throw new ShapeException($"{Name}: targets are {targets.Shape}, but distances {predictions.Shape} need the numbers of the classes, {predictions.Shape[..^1]}.");
}
