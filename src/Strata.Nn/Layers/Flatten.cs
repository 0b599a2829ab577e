namespace Strata.Nn;

/// <summary>All axes of an example as one, row-major;  x [n, a, b, …] → y [n, a·b·…].</summary>
public sealed class Flatten : Layer
{
    internal static Flatten FromConfig(Config c) => new();

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => x.Rank > 0
        ? x.Reshape(x.Shape[0], checked((int)x.Shape[1..].Size))
        : throw new ShapeException("the input is a scalar, without an axis of examples.");
}
