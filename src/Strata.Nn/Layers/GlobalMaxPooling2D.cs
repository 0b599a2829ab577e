namespace Strata.Nn;

/// <summary>The largest element of each channel;  x [n, h, w, c] → y [n, c].</summary>
public sealed class GlobalMaxPooling2D : Layer
{
    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => x.Rank == 4
        ? x.GlobalMaxPool()
        : throw new ShapeException($"the input must be [examples, height, width, channels], but it is {x.Shape}.");
}
