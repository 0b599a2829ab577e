namespace Strata.Data;

/// <summary>Turns, shifts, shears and zooms a picture about its center ((h − 1)/2, (w − 1)/2) in one resampling: the pixel at p of the result is taken
/// from M·p of the source, with M the product of the steps in the order in which they are chained, linearly interpolated.</summary>
/// <remarks>Rows are the first coordinate. A chain reads as in Keras: <c>AffineTransform.Identity.Rotate(10).Shift(2, 0).Shear(5).Zoom(1.1, 1.1)</c>.</remarks>
public readonly record struct AffineTransform
{
    readonly double a, b, c, d, e, f; // [a b c; d e f; 0 0 1]

    AffineTransform(double a, double b, double c, double d, double e, double f) => (this.a, this.b, this.c, this.d, this.e, this.f) = (a, b, c, d, e, f);

    /// <summary>Leaves pictures as they are.</summary>
    public static AffineTransform Identity => new(1, 0, 0, 0, 1, 0);

    /// <summary>Then [cos θ, −sin θ; sin θ, cos θ]: the picture turns clockwise as rows run downwards and θ is positive.</summary>
    public AffineTransform Rotate(double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return Times(new(cos, -sin, 0, sin, cos, 0));
    }

    /// <summary>Then a shift: pixels are taken from so many rows below and columns to the right.</summary>
    public AffineTransform Shift(double rows, double columns) => Times(new(1, 0, rows, 0, 1, columns));

    /// <summary>Then [1, −sin σ; 0, cos σ].</summary>
    public AffineTransform Shear(double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return Times(new(1, -sin, 0, 0, cos, 0));
    }

    /// <summary>Then a scaling of rows and columns; above 1 the picture shrinks.</summary>
    public AffineTransform Zoom(double rows, double columns) => Times(new(rows, 0, 0, 0, columns, 0));

    AffineTransform Times(AffineTransform o) =>
        new((a * o.a) + (b * o.d), (a * o.b) + (b * o.e), (a * o.c) + (b * o.f) + c, (d * o.a) + (e * o.d), (d * o.b) + (e * o.e), (d * o.c) + (e * o.f) + f);

    /// <summary>The picture resampled.</summary>
    /// <param name="image">[height, width, channels] float32.</param>
    /// <param name="fill">What lies outside.</param>
    /// <param name="value">The value outside for <see cref="FillMode.Constant"/>.</param>
    /// <exception cref="ShapeException">The tensor is no such picture.</exception>
    public Tensor Apply(Tensor image, FillMode fill = FillMode.Nearest, double value = 0)
    {
        if (image.Rank != 3 || image.DType != DType.Float32)
            throw new ShapeException($"AffineTransform: the picture is {image.Type}, expected float32 [height, width, channels].");
        if (this == Identity || image.Size == 0) return image;
        var moved = Tensor.Create<float, (AffineTransform M, Tensor Image)>(image.Shape, (this, image), (to, s) => s.M.Resample(s.Image.AsSpan<float>(), s.Image.Shape, fill, (float)value, to));
        GC.KeepAlive(image);
        return moved;
    }

    void Resample(ReadOnlySpan<float> from, Shape shape, FillMode fill, float value, Span<float> to)
    {
        const double Tolerance = 1e-6; // a right angle's cosine is 6e-17; such a pixel is not outside
        var (height, width, channels) = (shape[0], shape[1], shape[2]);
        var (centerY, centerX) = ((height - 1) / 2.0, (width - 1) / 2.0);
        for (int y = 0, o = 0; y < height; y++)
            for (var x = 0; x < width; x++, o += channels)
            {
                var (dy, dx) = (y - centerY, x - centerX);
                var sy = (a * dy) + (b * dx) + c + centerY;
                var sx = (d * dy) + (e * dx) + f + centerX;
                if (fill == FillMode.Constant && !(sy >= -Tolerance && sy <= height - 1 + Tolerance && sx >= -Tolerance && sx <= width - 1 + Tolerance))
                {
                    to.Slice(o, channels).Fill(value);
                    continue;
                }

                var (y0, x0) = (Math.Floor(sy + Tolerance), Math.Floor(sx + Tolerance));
                var (wy, wx) = ((float)Math.Max(sy - y0, 0), (float)Math.Max(sx - x0, 0));
                if (wy < Tolerance) wy = 0;
                if (wx < Tolerance) wx = 0;
                var top = Inside(y0, height, fill) * width;
                var bottom = Inside(y0 + 1, height, fill) * width;
                var (left, right) = (Inside(x0, width, fill), Inside(x0 + 1, width, fill));
                for (var ch = 0; ch < channels; ch++)
                {
                    var upper = ((1 - wx) * from[((top + left) * channels) + ch]) + (wx * from[((top + right) * channels) + ch]);
                    var lower = ((1 - wx) * from[((bottom + left) * channels) + ch]) + (wx * from[((bottom + right) * channels) + ch]);
                    to[o + ch] = ((1 - wy) * upper) + (wy * lower);
                }
            }
    }

    static int Inside(double at, int size, FillMode fill)
    {
        if (at >= 0 && at < size) return (int)at;
        switch (fill)
        {
            case FillMode.Reflect:
                var twice = at - (Math.Floor(at / (2.0 * size)) * 2 * size);
                return (int)(twice < size ? twice : (2 * size) - 1 - twice);
            case FillMode.Wrap:
                return (int)(at - (Math.Floor(at / size) * size));
            default:
                return at > 0 ? size - 1 : 0;
        }
    }
}
