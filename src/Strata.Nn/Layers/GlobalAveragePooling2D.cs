namespace Strata.Nn;

/// <summary>The mean of each channel;  x [n, h, w, c] → y [n, c].</summary>
public sealed class GlobalAveragePooling2D : Layer
{
    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => x.Rank == 4
        ? x.GlobalAveragePool()
        : throw new ShapeException($"the input must be [examples, height, width, channels], but it is {x.Shape}.");
}
