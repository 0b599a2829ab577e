using System.Buffers.Binary;

namespace Strata.Formats.Images;

/// <summary>The color types of PNG, with the numbers of the format.</summary>
enum PngColor
{
    Grey = 0,
    Rgb = 2,
    Palette = 3,
    GreyAlpha = 4,
    Rgba = 6,
}

/// <summary>The chunk IHDR (PNG specification, section 11.2.2).</summary>
readonly record struct PngHeader(int Width, int Height, int BitDepth, PngColor Color, bool Interlaced)
{
    public const int Length = 13;

    /// <summary>Samples a pixel as they are stored: a palette index is one.</summary>
    public int StoredChannels => Color switch
    {
        PngColor.Grey or PngColor.Palette => 1,
        PngColor.GreyAlpha => 2,
        PngColor.Rgb => 3,
        _ => 4,
    };

    /// <summary>How far to the left a filter looks: the bytes of a whole pixel, at least one.</summary>
    public int FilterStride => Math.Max(1, StoredChannels * BitDepth / 8);

    /// <summary>Bytes of a row of so many pixels, without the filter's byte.</summary>
    public long RowBytes(int pixels) => ((long)pixels * StoredChannels * BitDepth + 7) / 8;

    /// <summary>Bytes of the whole picture before compression, the filters' bytes included.</summary>
    public long FilteredBytes
    {
        get
        {
            if (!Interlaced) return Height * (1 + RowBytes(Width));
            var sum = 0L;
            foreach (var pass in Adam7.Passes)
            {
                var (rows, columns) = pass.Size(Height, Width);
                if (rows > 0 && columns > 0) sum += rows * (1 + RowBytes(columns));
            }

            return sum;
        }
    }

    /// <summary>Reads and checks the 13 bytes.</summary>
    /// <exception cref="FormatException">A field has a value that PNG does not know.</exception>
    public static PngHeader Parse(ReadOnlySpan<byte> data)
    {
        if (data.Length != Length) throw new FormatException($"the header chunk has {data.Length} bytes, expected {Length}");
        var width = BinaryPrimitives.ReadUInt32BigEndian(data);
        var height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
            throw new FormatException($"the size {width} × {height} is outside 1 … {int.MaxValue}");
        var (depth, color, compression, filter, interlace) = (data[8], (PngColor)data[9], data[10], data[11], data[12]);
        var legal = color switch
        {
            PngColor.Grey => depth is 1 or 2 or 4 or 8 or 16,
            PngColor.Palette => depth is 1 or 2 or 4 or 8,
            PngColor.Rgb or PngColor.GreyAlpha or PngColor.Rgba => depth is 8 or 16,
            _ => false,
        };
        if (!legal) throw new FormatException($"PNG has no color type {data[9]} with {depth} bits a sample");
        if (compression != 0) throw new FormatException($"the compression method is {compression}, expected 0 (deflate)");
        if (filter != 0) throw new FormatException($"the filter method is {filter}, expected 0 (adaptive)");
        if (interlace > 1) throw new FormatException($"the interlace method is {interlace}, expected 0 (none) or 1 (Adam7)");
        return new((int)width, (int)height, depth, color, interlace == 1);
    }

    public void Write(Span<byte> to)
    {
        BinaryPrimitives.WriteInt32BigEndian(to, Width);
        BinaryPrimitives.WriteInt32BigEndian(to[4..], Height);
        to[8] = (byte)BitDepth;
        to[9] = (byte)Color;
        to[10] = to[11] = 0;
        to[12] = Interlaced ? (byte)1 : (byte)0;
    }
}
