using Strata.Random;

namespace Strata.Data;

/// <summary>Eight textures, each coarse (a period of 8 pixels) and fine (of 4), in random colors: 16 classes told apart by pattern alone. Pictures [32, 32, 3] in
/// [0, 1]; label 2k is texture k coarse, 2k + 1 the same fine; textures 0 … 3 are gratings whose normal is turned by 0°, 45°, 90°, 135°.</summary>
/// <param name="seed">The same seed gives the same pictures.</param>
public sealed class TexturePatches(long seed) : ImageGenerator(seed, [Size, Size, 3], [.. textures.SelectMany(t => (string[])[t + ", coarse", t + ", fine"])])
{
    const int Size = 32;
    const double LeastContrast = .8, NoiseDeviation = .05;
    static readonly string[] textures = ["grating 0°", "grating 45°", "grating 90°", "grating 135°", "checker", "dots", "rings", "value noise"];

    /// <summary>The period of a class in pixels: 8 or 4.</summary>
    public static double PeriodOf(int label) => label % 2 == 0 ? 8 : 4;

    /// <inheritdoc/>
    protected override int Draw(RandomStream random, Span<float> image)
    {
        var label = random.NextInt(2 * textures.Length);
        var period = PeriodOf(label);
        var frequency = 2 * Math.PI / period;
        var (u, v) = (period * random.NextDouble(), period * random.NextDouble()); // the phase
        var (centerX, centerY) = (Size * random.NextDouble(), Size * random.NextDouble());
        Span<float> values = stackalloc float[12 * 12];
        foreach (ref var value in values) value = (float)random.NextDouble();
        Span<float> ground = stackalloc float[3], ink = stackalloc float[3];
        var difference = 0f;
        for (var c = 0; c < 3; c++)
        {
            (ground[c], ink[c]) = ((float)random.NextDouble(), (float)random.NextDouble());
            difference += Math.Abs(ink[c] - ground[c]);
        }

        if (difference < LeastContrast)
            for (var c = 0; c < 3; c++) ink[c] = 1 - ground[c];
        var contrast = (float)(.5 + (.5 * random.NextDouble()));
        for (var y = 0; y < Size; y++)
            for (var x = 0; x < Size; x++)
            {
                var part = .5f + (contrast * ((float)Pattern(label / 2, x, y, values) - .5f));
                for (var c = 0; c < 3; c++) image[(3 * ((y * Size) + x)) + c] = ground[c] + ((ink[c] - ground[c]) * part);
            }

        PixelNoise.Add(image, random, NoiseDeviation);
        foreach (ref var pixel in image) pixel = Math.Clamp(pixel, 0, 1);
        return label;

        // In [0, 1].
        double Pattern(int texture, double x, double y, ReadOnlySpan<float> values)
        {
            switch (texture)
            {
                case < 4:
                    var (sin, cos) = Math.SinCos(texture * Math.PI / 4);
                    return .5 + (.5 * Math.Sin(frequency * ((x * cos) + (y * sin) + u)));
                case 4:
                    return Math.Sin(frequency * (x + u)) * Math.Sin(frequency * (y + v)) > 0 ? 1 : 0;
                case 5:
                    var (dx, dy) = (((x + u) % period) - (period / 2), ((y + v) % period) - (period / 2));
                    return Math.Clamp((.3 * period) - Math.Sqrt((dx * dx) + (dy * dy)) + .5, 0, 1);
                case 6:
                    return .5 + (.5 * Math.Sin(frequency * (Math.Sqrt(((x - centerX) * (x - centerX)) + ((y - centerY) * (y - centerY))) + u)));
                default:
                    // Random values on a lattice of half a period, interpolated smoothly; repeated beyond 12 of them.
                    var (fx, fy) = ((x + u) * 2 / period, (y + v) * 2 / period);
                    var (ix, iy) = ((int)fx, (int)fy);
                    var (sx, sy) = (Smooth(fx - ix), Smooth(fy - iy));
                    return ((1 - sy) * (((1 - sx) * At(values, ix, iy)) + (sx * At(values, ix + 1, iy)))) + (sy * (((1 - sx) * At(values, ix, iy + 1)) + (sx * At(values, ix + 1, iy + 1))));
            }
        }

        static double At(ReadOnlySpan<float> values, int x, int y) => values[(y % 12 * 12) + (x % 12)];

        static double Smooth(double t) => t * t * (3 - (2 * t));
    }
}
