namespace Strata.Nn;

/// <summary>The mean of each channel over the steps that are not masked;  x [n, steps, c] → y [n, c]. The mask ends here.</summary>
public sealed class GlobalAveragePooling1D : Layer
{
    internal static GlobalAveragePooling1D FromConfig(Config c) => new();

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Stop;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        Spatial.Require(x.Shape, 1);
        if (context.MaskOf(x) is not { } mask) return x.Mean(1);
        var counts = mask.Cast(x.DType).ExpandDims(-1);
        return (x * counts).Sum(1) / Tensor.Maximum(counts.Sum(1), 1); // 0 where all is padding
    }
}
