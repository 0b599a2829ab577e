namespace Strata.Nn;

/// <summary>The mean of each channel;  x [n, h, w, c] → y [n, c].</summary>
public sealed class GlobalAveragePooling2D : Layer
{
    internal static GlobalAveragePooling2D FromConfig(Config c) => new();

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        Spatial.Require(x.Shape, 2);
        return x.GlobalAveragePool();
    }
}
