namespace Strata.Nn;

/// <summary>Zeros around each volume;  x [n, d, h, w, c] → y with the amounts added to d, h and w.</summary>
/// <param name="depth">Amounts before and after the depth.</param>
/// <param name="height">Amounts above and below.</param>
/// <param name="width">Amounts on the left and on the right.</param>
public sealed class ZeroPadding3D((int Before, int After) depth, (int Before, int After) height, (int Before, int After) width) : BorderLayer(depth, height, width)
{
    /// <summary>The same amount on all six sides.</summary>
    public ZeroPadding3D(int amount = 1)
        : this((amount, amount), (amount, amount), (amount, amount))
    {
    }

    internal static ZeroPadding3D FromConfig(Config c) => Amounts(c, "padding", 3) is [var depth, var height, var width] ? new(depth, height, width) : throw c.Wrong("padding", "three pairs");

    private protected override string ArgumentName => "padding";

    private protected override Tensor Change(Tensor x, (int Before, int After)[] borders) => x.Pad(borders);
}
