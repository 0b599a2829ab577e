namespace Strata.Data;

/// <summary>How glyphs vary. Angles are in degrees, lengths in pixels; U(a, b) is uniform, N(0, σ) normal.</summary>
public sealed record GlyphOptions
{
    /// <summary>Height and width of the picture.</summary>
    public int Size { get; init; } = 28;

    /// <summary>The length that the unit square of the skeletons is drawn at.</summary>
    public double Box { get; init; } = 20;

    /// <summary>σ of the noise on each point of a skeleton, in units of the box.</summary>
    public double Jitter { get; init; } = .02;

    /// <summary>θ ~ U(−Rotation, Rotation).</summary>
    public double Rotation { get; init; } = 15;

    /// <summary>h ~ U(−Shear, Shear).</summary>
    public double Shear { get; init; } = .2;

    /// <summary>The scales of x and y, each ~ U(Low, High).</summary>
    public (double Low, double High) Scale { get; init; } = (.85, 1.1);

    /// <summary>The shifts of x and y from the center, each ~ U(−Translation, Translation).</summary>
    public double Translation { get; init; } = 2;

    /// <summary>The width of the strokes ~ U(Low, High).</summary>
    public (double Low, double High) StrokeWidth { get; init; } = (1.6, 2.8);

    /// <summary>σ of the noise on each pixel.</summary>
    public double Noise { get; init; } = .05;

    /// <summary>The digits that are drawn, in the order of their labels.</summary>
    public IReadOnlyList<int> Digits { get; init; } = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

    /// <exception cref="ArgumentException">An option has no meaning.</exception>
    internal GlyphOptions Checked()
    {
        if (Size is < 1 or > 4096) Fail($"the size is {Size}, expected 1 to 4096");
        if (!(Box > 0)) Fail($"the box is {Box}, expected a positive length");
        foreach (var (name, value) in new[] { ("jitter", Jitter), ("rotation", Rotation), ("shear", Shear), ("translation", Translation), ("noise", Noise) })
            if (!(value >= 0)) Fail($"the {name} is {value}, expected 0 or more");
        foreach (var (name, (low, high)) in new[] { ("scale", Scale), ("stroke width", StrokeWidth) })
            if (!(low > 0 && high >= low)) Fail($"the {name} is {low} to {high}, expected positive numbers in order");
        if (Digits.Count == 0 || Digits.Any(d => d is < 0 or > 9)) Fail($"the digits are {string.Join(", ", Digits)}, expected some of 0 to 9");
        return this;

        static void Fail(string message) => throw new ArgumentException($"GlyphOptions: {message}.");
    }
}
