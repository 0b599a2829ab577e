namespace Strata.Nn;

/// <summary>Zeros around each image;  x [n, h, w, c] → y [n, top + h + bottom, left + w + right, c].</summary>
/// <param name="top">Rows above.</param>
/// <param name="bottom">Rows below.</param>
/// <param name="left">Columns on the left.</param>
/// <param name="right">Columns on the right.</param>
public sealed class ZeroPadding2D(int top, int bottom, int left, int right) : BorderLayer((top, bottom), (left, right))
{
    /// <summary>The same amount on all four sides.</summary>
    public ZeroPadding2D(int amount = 1)
        : this(amount, amount, amount, amount)
    {
    }

    internal static ZeroPadding2D FromConfig(Config c) => Amounts(c, "padding", 2) is [var (top, bottom), var (left, right)] ? new(top, bottom, left, right) : throw c.Wrong("padding", "two pairs");

    private protected override string ArgumentName => "padding";

    private protected override Tensor Change(Tensor x, (int Before, int After)[] borders) => x.Pad(borders);
}
