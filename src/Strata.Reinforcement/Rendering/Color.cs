namespace Strata.Reinforcement;

/// <summary>A color of <see cref="Canvas"/>.</summary>
/// <param name="Red">0 … 255.</param>
/// <param name="Green">0 … 255.</param>
/// <param name="Blue">0 … 255.</param>
public readonly record struct Color(byte Red, byte Green, byte Blue)
{
    /// <summary>Black.</summary>
    public static Color Black { get; } = new(0, 0, 0);

    /// <summary>A gray between black and white.</summary>
    public static Color Gray { get; } = new(128, 128, 128);

    /// <summary>A gray near white.</summary>
    public static Color Silver { get; } = new(222, 222, 222);

    /// <summary>Red.</summary>
    public static Color Crimson { get; } = new(214, 39, 40);

    /// <summary>Green.</summary>
    public static Color Leaf { get; } = new(44, 160, 44);

    /// <summary>Blue.</summary>
    public static Color Azure { get; } = new(31, 119, 180);

    /// <summary>Orange.</summary>
    public static Color Amber { get; } = new(255, 127, 14);

    /// <summary>The color of a number on the rainbow's circle.</summary>
    /// <param name="turn">0 … 1, from red over green and blue.</param>
    public static Color OfHue(double turn)
    {
        return new(Channel(0), Channel(2.0 / 3), Channel(1.0 / 3));

        byte Channel(double shift)
        {
            var t = (turn + shift) % 1 * 6;
            return (byte)(255 * Math.Clamp(Math.Abs(t - 3) - 1, 0, 1));
        }
    }
}
