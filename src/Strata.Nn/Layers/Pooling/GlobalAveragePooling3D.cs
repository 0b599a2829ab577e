namespace Strata.Nn;

/// <summary>The mean of each channel;  x [n, d, h, w, c] → y [n, c].</summary>
public sealed class GlobalAveragePooling3D : Layer
{
    internal static GlobalAveragePooling3D FromConfig(Config c) => new();

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        Spatial.Require(x.Shape, 3);
        return x.GlobalAveragePool();
    }
}
