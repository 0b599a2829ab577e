namespace Strata.Nn;

/// <summary>Each image without its borders;  x [n, h, w, c] → y [n, h − top − bottom, w − left − right, c].</summary>
/// <param name="top">Rows above.</param>
/// <param name="bottom">Rows below.</param>
/// <param name="left">Columns on the left.</param>
/// <param name="right">Columns on the right.</param>
public sealed class Cropping2D(int top, int bottom, int left, int right) : BorderLayer((top, bottom), (left, right))
{
    /// <summary>The same amount on all four sides.</summary>
    public Cropping2D(int amount = 0)
        : this(amount, amount, amount, amount)
    {
    }

    internal static Cropping2D FromConfig(Config c) => Amounts(c, "cropping", 2) is [var (top, bottom), var (left, right)] ? new(top, bottom, left, right) : throw c.Wrong("cropping", "two pairs");

    private protected override string ArgumentName => "cropping";

    private protected override Tensor Change(Tensor x, (int Before, int After)[] borders) => Cropped(x, borders);
}
