using System.Globalization;
using Strata.Random;

namespace Strata.Data;

/// <summary>A stand-in for distorted MNIST without a download: the digits of <see cref="GlyphDigits"/>, distorted in one of the ways of
/// <see cref="Distortion"/>. Pictures [size, size, 1] in [0, 1], ink bright.</summary>
public sealed class DistortedGlyphs : ImageGenerator
{
    const int Canvas = 60, Pieces = 8, Piece = 6;

    readonly GlyphOptions options;
    readonly Distortion distortion;

    /// <summary>Fixes how the pictures are distorted.</summary>
    /// <param name="seed">The same seed gives the same pictures.</param>
    /// <param name="distortion">The kind; it fixes the size.</param>
    public DistortedGlyphs(long seed, Distortion distortion)
        : base(seed, [OptionsOf(distortion).Size, OptionsOf(distortion).Size, 1], [.. Enumerable.Range(0, 10).Select(d => d.ToString(CultureInfo.InvariantCulture))]) =>
        (options, this.distortion) = (OptionsOf(distortion), distortion);

    /// <inheritdoc/>
    protected override int Draw(RandomStream random, Span<float> image)
    {
        var label = random.NextInt(10);
        Glyph.Draw(label, options, random, image);
        switch (distortion)
        {
            case Distortion.Projective: ImageWarp.Projective(image, options.Size, 1, random); break;
            case Distortion.Elastic: ImageWarp.Elastic(image, options.Size, 1, random); break;
            case Distortion.Cluttered: AddPieces(image, random); break;
        }

        PixelNoise.Add(image, random, options.Noise);
        foreach (ref var pixel in image) pixel = Math.Clamp(pixel, 0, 1);
        return label;
    }

    // Pieces of any digits, from where they have ink, laid anywhere over the picture.
    static void AddPieces(Span<float> image, RandomStream random)
    {
        var whole = new GlyphOptions();
        var glyph = new float[whole.Size * whole.Size];
        for (var piece = 0; piece < Pieces; piece++)
        {
            glyph.AsSpan().Clear();
            Glyph.Draw(random.NextInt(10), whole, random, glyph);
            int top, left;
            do (top, left) = (random.NextInt(whole.Size - Piece + 1), random.NextInt(whole.Size - Piece + 1));
            while (glyph[((top + (Piece / 2)) * whole.Size) + left + (Piece / 2)] < .5f);
            var (toTop, toLeft) = (random.NextInt(Canvas - Piece + 1), random.NextInt(Canvas - Piece + 1));
            for (var y = 0; y < Piece; y++)
                for (var x = 0; x < Piece; x++)
                {
                    ref var pixel = ref image[((toTop + y) * Canvas) + toLeft + x];
                    pixel = Math.Max(pixel, glyph[((top + y) * whole.Size) + left + x]);
                }
        }
    }

    static GlyphOptions OptionsOf(Distortion distortion) => distortion switch
    {
        Distortion.Rotated => new() { Rotation = 90 },
        Distortion.RotatedTranslatedScaled => new() { Size = 42, Rotation = 45, Shear = .1, Scale = (.7, 1.2), Translation = 9, Noise = .03 },
        Distortion.Projective or Distortion.Elastic => new(),
        _ => new() { Size = Canvas, Translation = (Canvas - 28) / 2.0 },
    };
}
