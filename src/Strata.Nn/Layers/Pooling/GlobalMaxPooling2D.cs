namespace Strata.Nn;

/// <summary>The largest element of each channel;  x [n, h, w, c] → y [n, c].</summary>
public sealed class GlobalMaxPooling2D : Layer
{
    internal static GlobalMaxPooling2D FromConfig(Config c) => new();

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        Spatial.Require(x.Shape, 2);
        return x.GlobalMaxPool();
    }
}
