namespace Strata.Nn;

/// <summary>Where local attention looks (Luong, Pham and Manning 2015, section 3.2): called with [queries [n, q, d], lengths [n, 1]] it gives
/// [centers p [n, q]], and the places p − width … p + width count.</summary>
/// <param name="width">D, how far the window reaches to both sides.</param>
/// <param name="gaussian">Whether weights fall off as e^(−(s − p)²/(2σ²)) with σ = D/2 (equation 10).</param>
public abstract class AttentionWindow(int width, bool gaussian) : Layer
{
    internal int Width { get; } = width > 0 ? width : throw new ArgumentOutOfRangeException(nameof(width), width, "AttentionWindow: width must be at least 1.");

    internal bool Gaussian => gaussian;

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Stop;

    /// <summary>The centers of the windows [n, q].</summary>
    protected abstract Tensor Centers(Tensor queries, Tensor lengths);

    /// <inheritdoc/>
    protected sealed override Tensor[] Call(Tensor[] x, CallContext context) => [Centers(x[0], x[1])];
}
