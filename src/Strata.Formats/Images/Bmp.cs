using System.Buffers.Binary;
using System.Numerics;

namespace Strata.Formats.Images;

/// <summary>Reads Windows bitmaps: 1, 4 and 8 bits with a palette, plain or run-length coded, 16, 24 and 32 bits, with bit fields. Pictures are RGB,
/// or RGB and alpha if the file gives alpha a bit field.</summary>
public static class Bmp
{
    internal static ReadOnlySpan<byte> Signature => "BM"u8;

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFileException">The file is missing, damaged, of another kind, or has more than <paramref name="maxPixels"/>.</exception>
    public static Image Read(string path, long maxPixels = Png.DefaultMaxPixels) => Decode(OpenedFile.ReadAll(path), path, maxPixels);

    /// <summary>Decodes a file's bytes.</summary>
    /// <exception cref="DataFileException">The bytes are damaged, of another kind, or have more than <paramref name="maxPixels"/>.</exception>
    public static Image Decode(ReadOnlySpan<byte> file, long maxPixels = Png.DefaultMaxPixels) => Decode(file, "BMP image", maxPixels);

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

    enum Compression : uint
    {
        None = 0,
        RunLength8 = 1,
        RunLength4 = 2,
        BitFields = 3,
        AlphaBitFields = 6,
    }

    static Image Parse(ReadOnlySpan<byte> file, long maxPixels)
    {
        if (!file.StartsWith(Signature)) throw new FormatException($"not a BMP file: it begins with {Convert.ToHexString(file[..Math.Min(2, file.Length)])}, expected 424D");
        if (file.Length < 26) throw new FormatException("the file is truncated: it ends within its header");
        var begin = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]);
        var headerSize = BinaryPrimitives.ReadUInt32LittleEndian(file[14..]);
        if (headerSize is not (12 or (>= 40 and <= 256)) || headerSize > file.Length - 14) throw new FormatException($"the header has {headerSize} bytes, expected 12 or 40 to 256");
        var header = file.Slice(14, (int)headerSize);
        var old = headerSize == 12;
        var (width, signedHeight) = old
            ? (BinaryPrimitives.ReadUInt16LittleEndian(header[4..]), BinaryPrimitives.ReadUInt16LittleEndian(header[6..]))
            : (BinaryPrimitives.ReadInt32LittleEndian(header[4..]), BinaryPrimitives.ReadInt32LittleEndian(header[8..]));
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(header[(old ? 10 : 14)..]);
        var compression = old ? Compression.None : (Compression)BinaryPrimitives.ReadUInt32LittleEndian(header[16..]);
        var height = Math.Abs((long)signedHeight);
        if (width < 1 || height is < 1 or > int.MaxValue) throw new FormatException($"the size is {width} × {signedHeight}");
        if (width * height > maxPixels) throw new FormatException($"the picture has {width} × {height} pixels, more than the limit of {maxPixels}");
        var legal = compression switch
        {
            Compression.None => bits is 1 or 4 or 8 or 16 or 24 or 32,
            Compression.RunLength8 => bits == 8,
            Compression.RunLength4 => bits == 4,
            Compression.BitFields or Compression.AlphaBitFields => bits is 16 or 32,
            _ => false,
        };
        if (!legal) throw new FormatException($"there is no BMP of {bits} bits a pixel with compression {(uint)compression}");
        if (begin < 14 + headerSize || begin > file.Length) throw new FormatException($"the pixels begin at byte {begin}, outside the file");

        var data = file[(int)begin..];
        var topDown = signedHeight < 0;
        return bits <= 8
            ? Indexed(data, Palette(file, header, bits, (int)begin), bits, compression, width, (int)height, topDown)
            : Direct(data, Masks(file, header, bits, compression), bits, width, (int)height, topDown);
    }

    static byte[] Palette(ReadOnlySpan<byte> file, ReadOnlySpan<byte> header, int bits, int begin)
    {
        var entry = header.Length == 12 ? 3 : 4;
        var used = header.Length == 12 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(header[32..]);
        var count = used is 0 or > 256 ? 1 << bits : (int)used;
        var at = 14 + header.Length;
        count = Math.Min(count, (begin - at) / entry);
        var colors = new byte[3 * count];
        for (var i = 0; i < count; i++)
            (colors[3 * i], colors[(3 * i) + 1], colors[(3 * i) + 2]) = (file[at + (entry * i) + 2], file[at + (entry * i) + 1], file[at + (entry * i)]);
        return colors;
    }

    static Image Indexed(ReadOnlySpan<byte> data, byte[] colors, int bits, Compression compression, int width, int height, bool topDown)
    {
        var stride = ((((long)width * bits) + 31) / 32) * 4;
        // A run-length coded pixel may be left out; but an honest file has at least one byte for every 255 pixels.
        var needed = compression == Compression.None ? stride * height : (long)width * height / 255;
        if (needed > data.Length) throw new FormatException($"the file is truncated: its pixels need {needed} bytes, {data.Length} are left");
        if ((long)width * height * 3 > Array.MaxLength) throw new FormatException($"the picture has {width} × {height} pixels, more than one array holds");
        byte[] indices;
        if (compression == Compression.None)
        {
            indices = new byte[width * height];
            for (var y = 0; y < height; y++)
            {
                var row = data[(int)(y * stride)..];
                for (var x = 0; x < width; x++) indices[(y * width) + x] = (byte)((row[x * bits / 8] >> (8 - bits - (x * bits % 8))) & ((1 << bits) - 1));
            }
        }
        else
        {
            indices = BmpRuns.Decode(data, bits, width, height);
        }

        var pixels = new byte[3 * width * height];
        for (var y = 0; y < height; y++)
        {
            var to = pixels.AsSpan(3 * width * (topDown ? y : height - 1 - y));
            for (var x = 0; x < width; x++)
            {
                var index = indices[(y * width) + x];
                if (3 * index >= colors.Length) throw new FormatException($"a pixel uses color {index} of a palette of {colors.Length / 3}");
                colors.AsSpan(3 * index, 3).CopyTo(to[(3 * x)..]);
            }
        }

        return new(height, width, 3, pixels);
    }

    /// <summary>The bits of red, green, blue and alpha in a pixel; alpha is 0 if there is none.</summary>
    static uint[] Masks(ReadOnlySpan<byte> file, ReadOnlySpan<byte> header, int bits, Compression compression)
    {
        if (compression == Compression.None) return bits == 16 ? [0x7C00, 0x03E0, 0x001F, 0] : [0xFF0000, 0xFF00, 0xFF, 0];
        var count = compression == Compression.AlphaBitFields || header.Length >= 56 ? 4 : 3; // headers of 40 bytes have the masks behind them
        if (file.Length < 54 + (4 * count)) throw new FormatException("the file is truncated: its bit fields are missing");
        var masks = new uint[4];
        for (var i = 0; i < count; i++)
        {
            masks[i] = BinaryPrimitives.ReadUInt32LittleEndian(file[(54 + (4 * i))..]);
            var mask = masks[i] >> (masks[i] == 0 ? 0 : BitOperations.TrailingZeroCount(masks[i]));
            if ((mask & (mask + 1)) != 0 || (i < 3 && mask == 0)) throw new FormatException($"the bit field {masks[i]:X8} is not a run of bits");
        }

        return masks;
    }

    static Image Direct(ReadOnlySpan<byte> data, uint[] masks, int bits, int width, int height, bool topDown)
    {
        var stride = ((((long)width * bits) + 31) / 32) * 4;
        if (stride * height > data.Length) throw new FormatException($"the file is truncated: its pixels need {stride * height} bytes, {data.Length} are left");
        var channels = masks[3] == 0 ? 3 : 4;
        if ((long)width * height * channels > Array.MaxLength) throw new FormatException($"the picture has {width} × {height} pixels, more than one array holds");
        var pixels = new byte[width * height * channels];
        var bytes = bits / 8;
        for (var y = 0; y < height; y++)
        {
            var from = data[(int)(y * stride)..];
            var to = pixels.AsSpan(channels * width * (topDown ? y : height - 1 - y));
            for (var x = 0; x < width; x++)
            {
                var pixel = bytes switch
                {
                    2 => BinaryPrimitives.ReadUInt16LittleEndian(from[(2 * x)..]),
                    3 => from[3 * x] | ((uint)from[(3 * x) + 1] << 8) | ((uint)from[(3 * x) + 2] << 16),
                    _ => BinaryPrimitives.ReadUInt32LittleEndian(from[(4 * x)..]),
                };
                for (var c = 0; c < channels; c++) to[(channels * x) + c] = Scale(pixel, masks[c]);
            }
        }

        return new(height, width, channels, pixels);
    }

    static byte Scale(uint pixel, uint mask)
    {
        var shift = BitOperations.TrailingZeroCount(mask);
        ulong most = mask >> shift;
        return (byte)((((pixel & mask) >> shift) * 255UL / most) & 0xFF);
    }
}
