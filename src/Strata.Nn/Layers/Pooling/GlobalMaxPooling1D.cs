namespace Strata.Nn;

/// <summary>The largest element of each channel;  x [n, steps, c] → y [n, c].</summary>
public sealed class GlobalMaxPooling1D : Layer
{
    internal static GlobalMaxPooling1D FromConfig(Config c) => new();

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        Spatial.Require(x.Shape, 1);
        return x.GlobalMaxPool();
    }
}
