namespace Strata.Nn;

/// <summary>Each volume without its borders;  x [n, d, h, w, c] → y with the amounts taken from d, h and w.</summary>
/// <param name="depth">Amounts before and after the depth.</param>
/// <param name="height">Amounts above and below.</param>
/// <param name="width">Amounts on the left and on the right.</param>
public sealed class Cropping3D((int Before, int After) depth, (int Before, int After) height, (int Before, int After) width) : BorderLayer(depth, height, width)
{
    /// <summary>The same amount on all six sides.</summary>
    public Cropping3D(int amount = 1)
        : this((amount, amount), (amount, amount), (amount, amount))
    {
    }

    internal static Cropping3D FromConfig(Config c) => Amounts(c, "cropping", 3) is [var depth, var height, var width] ? new(depth, height, width) : throw c.Wrong("cropping", "three pairs");

    private protected override string ArgumentName => "cropping";

    private protected override Tensor Change(Tensor x, (int Before, int After)[] borders) => Cropped(x, borders);
}
