namespace Strata.Nn;

/// <summary>Zeros before and after each sequence;  x [n, steps, c] → y [n, before + steps + after, c].</summary>
/// <param name="before">How many steps at the beginning.</param>
/// <param name="after">How many steps at the end.</param>
public sealed class ZeroPadding1D(int before, int after) : BorderLayer((before, after))
{
    /// <summary>The same number of steps at both ends.</summary>
    public ZeroPadding1D(int amount = 1)
        : this(amount, amount)
    {
    }

    internal static ZeroPadding1D FromConfig(Config c) => Amounts(c, "padding", 1) is [var (before, after)] ? new(before, after) : throw c.Wrong("padding", "a pair");

    private protected override string ArgumentName => "padding";

    private protected override Tensor Change(Tensor x, (int Before, int After)[] borders) => x.Pad(borders);
}
