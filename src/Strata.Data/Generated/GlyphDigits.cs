using System.Globalization;
using Strata.Random;

namespace Strata.Data;

/// <summary>A stand-in for MNIST without a download: the digits 0 … 9 drawn with strokes of random width, slant, size and place, in noise. Pictures
/// [size, size, 1] in [0, 1], ink bright.</summary>
public sealed class GlyphDigits : ImageGenerator
{
    readonly GlyphOptions options;

    /// <summary>Digits of the default kind: 28×28 pixels.</summary>
    /// <param name="seed">The same seed gives the same pictures.</param>
    public GlyphDigits(long seed)
        : this(seed, new GlyphOptions())
    {
    }

    /// <summary>Digits that vary as <paramref name="options"/> say.</summary>
    /// <param name="seed">The same seed gives the same pictures.</param>
    /// <param name="options">Size, place, slant, strokes, noise, and which digits.</param>
    /// <exception cref="ArgumentException">An option has no meaning.</exception>
    public GlyphDigits(long seed, GlyphOptions options)
        : base(seed, [options.Checked().Size, options.Size, 1], [.. options.Digits.Select(d => d.ToString(CultureInfo.InvariantCulture))]) =>
        this.options = options;

    /// <summary>Pictures of the default kind in memory.</summary>
    public static ImageDataset Load(int train = 4000, int test = 1000, long seed = 1) => new GlyphDigits(seed).Split(train, test);

    /// <inheritdoc/>
    protected override int Draw(RandomStream random, Span<float> image)
    {
        var label = random.NextInt(options.Digits.Count);
        Glyph.Draw(options.Digits[label], options, random, image);
        PixelNoise.Add(image, random, options.Noise);
        foreach (ref var pixel in image) pixel = Math.Clamp(pixel, 0, 1);
        return label;
    }
}
