using Strata.Random;

namespace Strata.Data;

/// <summary>Draws one distorted digit.</summary>
static class Glyph
{
    /// <summary>Draws onto <paramref name="image"/>, [size, size] zeros, without pixel noise: each point of the skeleton is jittered, moved by
    /// R(θ)·[[1, h], [0, 1]]·diag(sx, sy)·box about the center and shifted; a pixel is clamp(½ + w/2 − distance to the nearest line, 0, 1). With <paramref name="mirror"/>, left and right of the skeleton are exchanged.</summary>
    public static void Draw(int digit, GlyphOptions options, RandomStream random, Span<float> image, bool mirror = false)
    {
        double Uniform(double low, double high) => low + (high - low) * random.NextDouble();

        var (sin, cos) = Math.SinCos(Uniform(-options.Rotation, options.Rotation) * Math.PI / 180);
        var shear = Uniform(-options.Shear, options.Shear);
        var scaleX = options.Box * Uniform(options.Scale.Low, options.Scale.High) * (mirror ? -1 : 1);
        var scaleY = options.Box * Uniform(options.Scale.Low, options.Scale.High);
        var centerX = options.Size / 2.0 + Uniform(-options.Translation, options.Translation);
        var centerY = options.Size / 2.0 + Uniform(-options.Translation, options.Translation);
        var width = Uniform(options.StrokeWidth.Low, options.StrokeWidth.High);
        var reach = (float)(.5 + width / 2); // where a line's ink ends

        Span<float> jitter = stackalloc float[2 * 24]; // the longest skeleton, the 8, has 24 points
        random.FillNormal(jitter, deviation: options.Jitter);
        Span<(float X, float Y)> points = stackalloc (float, float)[15];
        image.Fill(reach * reach); // holds squared distances at first; beyond reach they do not matter
        foreach (var stroke in Skeleton.Digits[digit])
        {
            for (var i = 0; i < stroke.Points.Length; i++)
            {
                var x = (stroke.Points[i].X - .5 + jitter[2 * i]) * scaleX;
                var y = (stroke.Points[i].Y - .5 + jitter[2 * i + 1]) * scaleY;
                x += shear * y;
                points[i] = ((float)(centerX + cos * x - sin * y), (float)(centerY + sin * x + cos * y));
            }

            jitter = jitter[(2 * stroke.Points.Length)..];
            var count = stroke.Points.Length;
            if (stroke.Closed) points[count++] = points[0];
            for (var i = 1; i < count; i++) Line(image, options.Size, points[i - 1], points[i], reach);
        }

        foreach (ref var pixel in image) pixel = Math.Min(reach - MathF.Sqrt(pixel), 1); // never below 0: it began at reach²
    }

    /// <summary>Lowers the squared distances of the pixels near a line from a to b.</summary>
    static void Line(Span<float> squared, int size, (float X, float Y) a, (float X, float Y) b, float reach)
    {
        float dx = b.X - a.X, dy = b.Y - a.Y;
        var inverse = 1 / Math.Max(dx * dx + dy * dy, 1e-12f);
        // Pixel (x, y) has its center at (x + ½, y + ½).
        int left = Math.Max(0, (int)MathF.Floor(Math.Min(a.X, b.X) - reach)), right = Math.Min(size - 1, (int)(Math.Max(a.X, b.X) + reach));
        int top = Math.Max(0, (int)MathF.Floor(Math.Min(a.Y, b.Y) - reach)), bottom = Math.Min(size - 1, (int)(Math.Max(a.Y, b.Y) + reach));
        for (var y = top; y <= bottom; y++)
        {
            var row = squared.Slice(y * size, size);
            var py = y + .5f - a.Y;
            for (var x = left; x <= right; x++)
            {
                var px = x + .5f - a.X;
                var t = (px * dx + py * dy) * inverse; // the nearest point of the line, as a fraction of it
                t = t < 0 ? 0 : t > 1 ? 1 : t;
                float ex = px - t * dx, ey = py - t * dy;
                var distance = ex * ex + ey * ey;
                if (distance < row[x]) row[x] = distance;
            }
        }
    }
}
