using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>y = S(x) + s·F(x) for chains of layers F and S (He et al. 2015, arXiv:1512.03385); a scale s below 1 keeps wide networks stable (Szegedy et al. 2016,
/// arXiv:1602.07261, section 3.3).</summary>
public sealed class ResidualSum : Layer
{
    readonly Layer[] residual, shortcut;
    readonly double scale;

    /// <summary>Creates the sum.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="residual">F, the first layer first.</param>
    /// <param name="shortcut">S; by default the identity.</param>
    /// <param name="scale">s.</param>
    public ResidualSum(string name, Layer[] residual, Layer[]? shortcut = null, double scale = 1)
    {
        Name = name;
        (this.residual, this.shortcut, this.scale) = (residual, shortcut ?? [], scale);
        foreach (var layer in this.shortcut.Concat(residual)) Track(layer);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var f = residual.Apply(x, context);
        return shortcut.Apply(x, context) + (scale == 1 ? f : f * scale);
    }
}
