using Strata.Formats.Images;

namespace Strata.Formats.Plots;

/// <summary>Colors for numbers: anchors at equal distances over [0, 1], interpolated in sRGB.</summary>
public sealed class ColorMap
{
    readonly int[] anchors; // 0xRRGGBB

    ColorMap(params int[] anchors) => this.anchors = anchors;

    /// <summary>Dark violet over green to yellow: even steps of lightness, also without color vision (van der Walt and Smith, 2015).</summary>
    public static ColorMap Viridis { get; } = new(
        0x440154, 0x482475, 0x414487, 0x355F8D, 0x2A788E, 0x21918C, 0x22A884, 0x44BF70, 0x7AD151, 0xBDDF26, 0xFDE725);

    /// <summary>Blue over near-white to red, for values with a meaningful middle.</summary>
    public static ColorMap Diverging { get; } = new(0x053061, 0x2166AC, 0x4393C3, 0x92C5DE, 0xD1E5F0, 0xF7F7F7, 0xFDDBC7, 0xF4A582, 0xD6604D, 0xB2182B, 0x67001F);

    /// <summary>Near-white to dark blue, for counts and probabilities.</summary>
    public static ColorMap Blues { get; } = new(0xF7FBFF, 0xDEEBF7, 0xC6DBEF, 0x9ECAE1, 0x6BAED6, 0x4292C6, 0x2171B5, 0x08519C, 0x08306B);

    /// <summary>Black to white.</summary>
    public static ColorMap Gray { get; } = new(0x000000, 0xFFFFFF);

    /// <summary>The color of <paramref name="value"/>, clamped to [0, 1]; NaN is a middle gray.</summary>
    public (byte Red, byte Green, byte Blue) this[double value]
    {
        get
        {
            if (double.IsNaN(value)) return (0x99, 0x99, 0x99);
            var place = Math.Clamp(value, 0, 1) * (anchors.Length - 1);
            var i = Math.Min((int)place, anchors.Length - 2);
            return (Mix(16), Mix(8), Mix(0));

            byte Mix(int shift)
            {
                double from = anchors[i] >> shift & 255, to = anchors[i + 1] >> shift & 255;
                return (byte)Math.Round(from + (place - i) * (to - from));
            }
        }
    }

    /// <summary>A picture of a matrix, one pixel an entry, row 0 on top.</summary>
    /// <param name="values">[height, width], each at least 1; NaN is a middle gray.</param>
    /// <param name="low">The value of the first color; null: the least value.</param>
    /// <param name="high">The value of the last color; null: the greatest value.</param>
    public Image ToImage(double[,] values, double? low = null, double? high = null)
    {
        var (height, width) = (values.GetLength(0), values.GetLength(1));
        var (from, to) = Range(values, low, high);
        var samples = new byte[height * width * 3];
        for (int y = 0, i = 0; y < height; y++)
            for (var x = 0; x < width; x++, i += 3)
                (samples[i], samples[i + 1], samples[i + 2]) = this[Part(values[y, x], from, to)];
        return new(height, width, 3, samples);
    }

    internal string Hex(double value)
    {
        var (r, g, b) = this[value];
        return $"#{r:x2}{g:x2}{b:x2}";
    }

    /// <summary>Whether dark text reads better on the color than light text (relative luminance, WCAG 2, with gamma 2.2).</summary>
    internal bool IsLight(double value)
    {
        var (r, g, b) = this[value];
        return .2126 * Linear(r) + .7152 * Linear(g) + .0722 * Linear(b) > .24;

        static double Linear(byte sample) => Math.Pow(sample / 255.0, 2.2);
    }

    /// <summary>Where <paramref name="value"/> lies between <paramref name="low"/> (0) and <paramref name="high"/> (1).</summary>
    internal static double Part(double value, double low, double high) => low < high ? (value / 2 - low / 2) / (high / 2 - low / 2) : .5 + 0 * value;

    internal static (double Low, double High) Range(double[,] values, double? low, double? high)
    {
        var bounds = Bounds.Empty;
        foreach (var value in values) bounds = bounds.With(value);
        if (bounds.IsEmpty) bounds = new(0, 1);
        return (low ?? bounds.Low, high ?? bounds.High);
    }
}
