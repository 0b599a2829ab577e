using Strata.Random;

namespace Strata.Data;

/// <summary>Random maps that bend a picture [size, size, channels] in place; what comes from outside is 0.</summary>
static class ImageWarp
{
    const double CornerShift = .2; // of the side
    const double FieldDeviation = 4, FieldStrength = 34; // pixels (Simard, Steinkraus and Platt 2003)

    /// <summary>The picture seen so that its corners come from places up to 20 % of the side away, independently in x and y.</summary>
    public static void Projective(Span<float> image, int size, int channels, RandomStream random)
    {
        Span<(double X, double Y)> q = stackalloc (double, double)[4]; // where (0, 0), (1, 0), (1, 1), (0, 1) come from
        for (var i = 0; i < 4; i++) q[i] = ((i is 1 or 2 ? 1 : 0) + Shift(), (i >= 2 ? 1 : 0) + Shift());

        // The map of the unit square onto a quadrilateral in closed form (Heckbert 1989, section 2.2.3).
        var (sx, sy) = (q[0].X - q[1].X + q[2].X - q[3].X, q[0].Y - q[1].Y + q[2].Y - q[3].Y);
        var (dx1, dy1, dx2, dy2) = (q[1].X - q[2].X, q[1].Y - q[2].Y, q[3].X - q[2].X, q[3].Y - q[2].Y);
        var determinant = (dx1 * dy2) - (dx2 * dy1);
        var g = ((sx * dy2) - (dx2 * sy)) / determinant;
        var h = ((dx1 * sy) - (sx * dy1)) / determinant;
        var (a, b) = (q[1].X - q[0].X + (g * q[1].X), q[3].X - q[0].X + (h * q[3].X));
        var (d, e) = (q[1].Y - q[0].Y + (g * q[1].Y), q[3].Y - q[0].Y + (h * q[3].Y));

        var from = image.ToArray();
        for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++)
            {
                var (u, v) = ((x + .5) / size, (y + .5) / size);
                var w = (g * u) + (h * v) + 1;
                var (px, py) = (((a * u) + (b * v) + q[0].X) / w, ((d * u) + (e * v) + q[0].Y) / w);
                Take(from, size, channels, (px * size) - .5, (py * size) - .5, image.Slice(((y * size) + x) * channels, channels));
            }

        double Shift() => CornerShift * ((2 * random.NextDouble()) - 1);
    }

    /// <summary>The picture with each pixel taken from a place nearby: shifts in x and y, each U(−1, 1) a pixel, blurred with σ = 4 pixels and times 34.</summary>
    public static void Elastic(Span<float> image, int size, int channels, RandomStream random)
    {
        var (dx, dy) = (Field(size, random), Field(size, random));
        var from = image.ToArray();
        for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++)
            {
                var i = (y * size) + x;
                Take(from, size, channels, x + dx[i], y + dy[i], image.Slice(i * channels, channels));
            }
    }

    static double[] Field(int size, RandomStream random)
    {
        var field = new double[size * size];
        for (var i = 0; i < field.Length; i++) field[i] = FieldStrength * ((2 * random.NextDouble()) - 1);
        return Blurred(Blurred(field, size, 1, size), size, size, 1);
    }

    // Along one axis with a Gaussian window of 3σ that sums to 1; 0 outside.
    static double[] Blurred(double[] field, int size, int step, int across)
    {
        const int Reach = (int)(3 * FieldDeviation);
        Span<double> window = stackalloc double[(2 * Reach) + 1];
        var sum = 0.0;
        for (var i = -Reach; i <= Reach; i++) sum += window[i + Reach] = Math.Exp(-i * i / (2 * FieldDeviation * FieldDeviation));
        var blurred = new double[field.Length];
        for (var line = 0; line < size; line++)
            for (var at = 0; at < size; at++)
            {
                var value = 0.0;
                for (var i = Math.Max(-Reach, -at); i <= Math.Min(Reach, size - 1 - at); i++) value += window[i + Reach] * field[(line * across) + ((at + i) * step)];
                blurred[(line * across) + (at * step)] = value / sum;
            }

        return blurred;
    }

    static void Take(float[] from, int size, int channels, double x, double y, Span<float> pixel)
    {
        pixel.Clear();
        var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        for (var corner = 0; corner < 4; corner++)
        {
            var (cx, cy) = (left + (corner & 1), top + (corner >> 1));
            if (cx < 0 || cy < 0 || cx >= size || cy >= size) continue;
            var weight = (float)((1 - Math.Abs(x - cx)) * (1 - Math.Abs(y - cy)));
            for (var c = 0; c < channels; c++) pixel[c] += weight * from[(((cy * size) + cx) * channels) + c];
        }
    }
}
