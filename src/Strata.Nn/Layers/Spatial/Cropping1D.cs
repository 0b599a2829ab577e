namespace Strata.Nn;

/// <summary>Each sequence without its first and last steps;  x [n, steps, c] → y [n, steps − before − after, c].</summary>
/// <param name="before">How many steps at the beginning.</param>
/// <param name="after">How many steps at the end.</param>
public sealed class Cropping1D(int before, int after) : BorderLayer((before, after))
{
    /// <summary>The same number of steps at both ends.</summary>
    public Cropping1D(int amount = 1)
        : this(amount, amount)
    {
    }

    internal static Cropping1D FromConfig(Config c) => Amounts(c, "cropping", 1) is [var (before, after)] ? new(before, after) : throw c.Wrong("cropping", "a pair");

    private protected override string ArgumentName => "cropping";

    private protected override Tensor Change(Tensor x, (int Before, int After)[] borders) => Cropped(x, borders);
}
