using System.Globalization;
using Strata.Random;

namespace Strata.Data;

/// <summary>A stand-in for CIFAR-10 without a download: the digits of <see cref="GlyphDigits"/> in a random color on a random ground, in strong
/// noise, so that color says nothing about the class. Pictures [size, size, 3], in [−0.5, 0.5] before the noise.</summary>
public sealed class ColourGlyphs : ImageGenerator
{
    const double LeastContrast = .8; // of the sum over red, green and blue

    readonly GlyphOptions options;
    readonly bool mirrored;
    readonly double noise;

    /// <summary>Fixes what the pictures look like.</summary>
    /// <param name="seed">The same seed gives the same pictures.</param>
    /// <param name="size">16 or 32 pixels; other sizes scale box and shift alike.</param>
    /// <param name="noise">σ of the noise on each pixel and color.</param>
    /// <param name="mirrored">Whether the ten digits seen in a mirror are ten classes more.</param>
    /// <exception cref="ArgumentException">The size is not in 1 … 4096 or the noise is negative.</exception>
    public ColourGlyphs(long seed, int size = 16, double noise = .15, bool mirrored = false)
        : base(seed, [size, size, 3], [.. Enumerable.Range(0, mirrored ? 20 : 10).Select(i => (i % 10).ToString(CultureInfo.InvariantCulture) + (i < 10 ? "" : " mirrored"))])
    {
        options = new GlyphOptions { Size = size, Box = size * .75, Translation = size * 1.5 / 16, Noise = noise }.Checked();
        (this.mirrored, this.noise) = (mirrored, noise);
    }

    /// <summary>Pictures of the default kind in memory.</summary>
    public static ImageDataset Load(int train = 4000, int test = 1000, long seed = 1, int size = 16) => new ColourGlyphs(seed, size).Split(train, test);

    /// <inheritdoc/>
    protected override int Draw(RandomStream random, Span<float> image)
    {
        var label = random.NextInt(mirrored ? 20 : 10);
        Span<float> ground = stackalloc float[3], ink = stackalloc float[3];
        var contrast = 0f;
        for (var c = 0; c < 3; c++)
        {
            (ground[c], ink[c]) = ((float)random.NextDouble(), (float)random.NextDouble());
            contrast += Math.Abs(ink[c] - ground[c]);
        }

        if (contrast < LeastContrast)
            for (var c = 0; c < 3; c++) ink[c] = 1 - ground[c];

        var glyph = image[..(image.Length / 3)]; // drawn at the front of the picture, and blended from its end so that nothing is lost
        Glyph.Draw(label % 10, options, random, glyph, mirror: label >= 10);
        for (var i = glyph.Length - 1; i >= 0; i--)
        {
            var alpha = glyph[i];
            for (var c = 2; c >= 0; c--) image[3 * i + c] = ground[c] + (ink[c] - ground[c]) * alpha - .5f;
        }

        PixelNoise.Add(image, random, noise);
        return label;
    }
}
