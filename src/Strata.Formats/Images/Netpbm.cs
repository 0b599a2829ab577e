namespace Strata.Formats.Images;

/// <summary>Reads Netpbm's pictures: PBM (black and white), PGM (grey) and PPM (RGB), as text (P1 to P3) or binary (P4 to P6). Samples are scaled to
/// 8 bits, or to 16 if the file's largest value is above 255.</summary>
public static class Netpbm
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFileException">The file is missing, damaged, of another kind, or has more than <paramref name="maxPixels"/>.</exception>
    public static Image Read(string path, long maxPixels = Png.DefaultMaxPixels) => Decode(OpenedFile.ReadAll(path), path, maxPixels);

    /// <summary>Decodes a file's bytes.</summary>
    /// <exception cref="DataFileException">The bytes are damaged, of another kind, or have more than <paramref name="maxPixels"/>.</exception>
    public static Image Decode(ReadOnlySpan<byte> file, long maxPixels = Png.DefaultMaxPixels) => Decode(file, "Netpbm image", maxPixels);

    internal static Image Decode(ReadOnlySpan<byte> file, string source, long maxPixels)
    {
        try
        {
            return Parse(file, maxPixels);
        }
        catch (FormatException e)
        {
            throw new DataFileException(source, e.Message, e);
        }
    }

    static Image Parse(ReadOnlySpan<byte> file, long maxPixels)
    {
        if (file.Length < 3 || file[0] != 'P' || file[1] is < (byte)'1' or > (byte)'6')
            throw new FormatException($"not a Netpbm file: it begins with {Convert.ToHexString(file[..Math.Min(2, file.Length)])}, expected P1 to P6");
        var kind = file[1] - '0';
        var at = 2;
        var (width, height) = (Number(file, ref at), Number(file, ref at));
        var bitmap = kind is 1 or 4;
        var most = bitmap ? 1 : Number(file, ref at);
        if (width < 1 || height < 1) throw new FormatException($"the size is {width} × {height}");
        if ((long)width * height > maxPixels) throw new FormatException($"the picture has {width} × {height} pixels, more than the limit of {maxPixels}");
        if (most is < 1 or > 65535) throw new FormatException($"the largest value is {most}, expected 1 to 65535");
        var channels = kind is 3 or 6 ? 3 : 1;
        var count = (long)width * height * channels;
        var text = kind <= 3;
        if (!text) at++; // one blank before the samples
        var rowBytes = bitmap ? (width + 7) / 8 : (long)width * channels * (most > 255 ? 2 : 1);
        // As text, a sample takes at least one byte (of a bitmap without blanks).
        var needed = text ? count : rowBytes * height;
        if (needed > file.Length - at) throw new FormatException($"the file is truncated: its samples need {needed} bytes, {Math.Max(file.Length - at, 0)} are left");
        if (count > Array.MaxLength) throw new FormatException($"the picture has {count} samples, more than one array holds");

        var data = at > file.Length ? [] : file[at..];
        return most > 255 ? new(height, width, channels, Samples(data, (v, m) => (ushort)(((v * 65535L) + (m / 2)) / m), new ushort[count]))
            : new(height, width, channels, Samples(data, (v, m) => (byte)(((v * 255) + (m / 2)) / m), new byte[count]));

        T[] Samples<T>(ReadOnlySpan<byte> data, Func<int, int, T> scale, T[] to)
        {
            var at = 0;
            for (var i = 0; i < to.Length; i++)
            {
                var value = kind switch
                {
                    1 => 1 - Bit(data, ref at),
                    2 or 3 => Number(data, ref at),
                    4 => 1 - ((data[(int)((i / width * rowBytes) + (i % width / 8))] >> (7 - (i % width % 8))) & 1),
                    _ => most > 255 ? (data[2 * i] << 8) | data[(2 * i) + 1] : data[i],
                };
                if (value > most) throw new FormatException($"sample {i} is {value}, more than the largest value {most}");
                to[i] = scale(value, most);
            }

            return to;
        }
    }

    static int Number(ReadOnlySpan<byte> file, ref int at)
    {
        SkipBlanks(file, ref at);
        long value = 0;
        var start = at;
        for (; at < file.Length && char.IsAsciiDigit((char)file[at]); at++)
            if ((value = (value * 10) + file[at] - '0') > int.MaxValue) throw new FormatException($"a number at byte {start} is too large");
        return at > start ? (int)value : throw new FormatException($"there is no number at byte {start}");
    }

    static int Bit(ReadOnlySpan<byte> file, ref int at)
    {
        SkipBlanks(file, ref at);
        return at < file.Length && file[at] is (byte)'0' or (byte)'1' ? file[at++] - '0' : throw new FormatException("a pixel is neither 0 nor 1, or the file is truncated");
    }

    static void SkipBlanks(ReadOnlySpan<byte> file, ref int at)
    {
        for (; at < file.Length; at++)
            if (file[at] == '#')
                while (at < file.Length && file[at] != '\n') at++;
            else if (file[at] is not ((byte)' ' or (>= 9 and <= 13))) return;
    }
}
