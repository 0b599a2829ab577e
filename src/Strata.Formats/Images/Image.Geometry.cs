namespace Strata.Formats.Images;

// Pictures cut, turned and resized.
public sealed partial class Image
{
    /// <summary>The same picture in another size; equal to what Pillow makes. Colors are weighted with their alpha.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="filter">How pixels are made.</param>
    /// <exception cref="ArgumentException">A size is below 1.</exception>
    public Image Resize(int height, int width, Resampling filter = Resampling.Bilinear)
    {
        if (height < 1 || width < 1) throw new ArgumentException($"Image.Resize: height and width must be at least 1, not {height} and {width}.");
        if ((height, width) == (Height, Width)) return this;
        if (HasAlpha && filter != Resampling.Nearest) return Weighted(toAlpha: true).ResizeSamples(height, width, filter).Weighted(toAlpha: false);
        return ResizeSamples(height, width, filter);
    }

    Image ResizeSamples(int height, int width, Resampling filter) => bytes is not null
        ? new(height, width, Channels, Resampler.Resize(bytes, Height, Width, Channels, height, width, filter))
        : new(height, width, Channels, Resampler.Resize(words!, Height, Width, Channels, height, width, filter));

    /// <summary>Multiplies colors by alpha, or divides them by it.</summary>
    Image Weighted(bool toAlpha)
    {
        return bytes is not null ? new(Height, Width, Channels, Apply(bytes, v => (byte)v)) : new(Height, Width, Channels, Apply(words!, v => (ushort)v));

        T[] Apply<T>(T[] from, Func<uint, T> narrow)
            where T : unmanaged, IConvertible
        {
            var to = new T[from.Length];
            var most = (uint)MaxValue;
            for (var i = 0; i < from.Length; i += Channels)
            {
                var alpha = from[i + Channels - 1].ToUInt32(null);
                to[i + Channels - 1] = from[i + Channels - 1];
                for (var c = 0; c < Channels - 1; c++)
                {
                    var value = from[i + c].ToUInt32(null);
                    to[i + c] = toAlpha ? narrow(((value * alpha) + (most / 2)) / most) : alpha == 0 || alpha == most ? from[i + c] : narrow(Math.Min((uint)((ulong)most * value / alpha), most));
                }
            }

            return to;
        }
    }

    /// <summary>The part of the picture that begins at a row and a column.</summary>
    /// <exception cref="ArgumentException">It does not lie inside the picture.</exception>
    public Image Crop(int top, int left, int height, int width)
    {
        if (top < 0 || left < 0 || height < 1 || width < 1 || top > Height - height || left > Width - width)
            throw new ArgumentException($"Image.Crop: {height}×{width} at ({top}, {left}) does not lie inside {Height}×{Width}.");
        return Moved(height, width, (y, x) => (y + top, x + left));
    }

    /// <summary>The largest part of the given proportions in the middle, resized: how classifiers see pictures of any size.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="filter">How pixels are made.</param>
    /// <exception cref="ArgumentException">A size is below 1.</exception>
    public Image ResizeAndCrop(int height, int width, Resampling filter = Resampling.Bilinear)
    {
        if (height < 1 || width < 1) throw new ArgumentException($"Image.ResizeAndCrop: height and width must be at least 1, not {height} and {width}.");
        var cropHeight = Math.Clamp((int)Math.Round((double)Width * height / width), 1, Height);
        var cropWidth = Math.Clamp((int)Math.Round((double)Height * width / height), 1, Width);
        return Crop((Height - cropHeight) / 2, (Width - cropWidth) / 2, cropHeight, cropWidth).Resize(height, width, filter);
    }

    /// <summary>Left and right exchanged.</summary>
    public Image FlipHorizontal() => Moved(Height, Width, (y, x) => (y, Width - 1 - x));

    /// <summary>Top and bottom exchanged.</summary>
    public Image FlipVertical() => Moved(Height, Width, (y, x) => (Height - 1 - y, x));

    /// <summary>Turned clockwise by a quarter as often as said.</summary>
    public Image RotateQuarters(int quarters) => (((quarters % 4) + 4) % 4) switch
    {
        0 => this,
        1 => Moved(Width, Height, (y, x) => (Height - 1 - x, y)),
        2 => Moved(Height, Width, (y, x) => (Height - 1 - y, Width - 1 - x)),
        _ => Moved(Width, Height, (y, x) => (x, Width - 1 - y)),
    };

    Image Moved(int height, int width, Func<int, int, (int Y, int X)> source)
    {
        return bytes is not null ? new(height, width, Channels, Apply(bytes)) : new(height, width, Channels, Apply(words!));

        T[] Apply<T>(T[] from)
        {
            var to = new T[height * width * Channels];
            for (int y = 0, o = 0; y < height; y++)
                for (var x = 0; x < width; x++, o += Channels)
                {
                    var (sy, sx) = source(y, x);
                    from.AsSpan(((sy * Width) + sx) * Channels, Channels).CopyTo(to.AsSpan(o));
                }

            return to;
        }
    }
}
