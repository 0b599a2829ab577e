using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>Sub-sampling: "the four inputs to a unit are added, then multiplied by a trainable coefficient, and added to a trainable bias" (II.B),
/// one of each a map; x [n, h, w, c] → [n, h/2, w/2, c].</summary>
/// <param name="activation">Applied to the result.</param>
public sealed class SubsamplePooling(Activation activation) : Layer
{
    Variable gain = null!;
    Variable bias = null!;

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        if (x.Rank != 4) throw new ShapeException($"the input must be [examples, height, width, channels], but it is {x}.");
        gain = Weight("gain", [x[3]], new Constant(0.25)); // an average to begin with
        bias = Weight("bias", [x[3]], Initializer.Zeros);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) =>
        activation.Apply((4.0 * x.AveragePool([2, 2], [2, 2], Padding.Valid) * gain) + bias, context);
}
