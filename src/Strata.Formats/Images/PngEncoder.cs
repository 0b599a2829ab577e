using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Strata.Formats.Images;

/// <summary>Encodes a picture as PNG: 8 or 16 bits, grey, grey with alpha, RGB or RGBA, not interlaced.</summary>
static class PngEncoder
{
    public static byte[] Encode(Image image, CompressionLevel level)
    {
        var file = Begin(image);
        WriteChunk(file, "IDAT"u8, Compressed(image, level));
        return End(file);
    }

    /// <summary>The signature and the header of a picture.</summary>
    internal static MemoryStream Begin(Image image)
    {
        var file = new MemoryStream();
        file.Write(Png.Signature);
        Span<byte> fields = stackalloc byte[PngHeader.Length];
        HeaderOf(image).Write(fields);
        WriteChunk(file, "IHDR"u8, fields);
        return file;
    }

    /// <summary>The file with its end.</summary>
    internal static byte[] End(MemoryStream file)
    {
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>The filtered rows as a stream of zlib.</summary>
    internal static ReadOnlySpan<byte> Compressed(Image image, CompressionLevel level)
    {
        var compressed = new MemoryStream();
        using (var deflate = new ZLibStream(compressed, level, leaveOpen: true)) WriteRows(image, HeaderOf(image), deflate);
        return compressed.GetBuffer().AsSpan(0, (int)compressed.Length);
    }

    static PngHeader HeaderOf(Image image) => new(
        image.Width,
        image.Height,
        image.BitDepth,
        image.Channels switch
        {
            1 => PngColor.Grey,
            2 => PngColor.GreyAlpha,
            3 => PngColor.Rgb,
            _ => PngColor.Rgba,
        },
        Interlaced: false);

    /// <summary>Each row with the filter whose result, read as signed bytes, has the smallest sum of magnitudes: the usual heuristic
    /// (PNG specification, section 12.7).</summary>
    static void WriteRows(Image image, PngHeader header, ZLibStream to)
    {
        var length = checked((int)header.RowBytes(header.Width));
        byte[] above = new byte[length], row = new byte[length], best = new byte[1 + length], trial = new byte[1 + length];
        for (var y = 0; y < image.Height; y++)
        {
            image.Raw.Slice(y * length, length).CopyTo(row);
            if (image.BitDepth == 16 && BitConverter.IsLittleEndian)
            {
                var words = MemoryMarshal.Cast<byte, ushort>(row.AsSpan());
                BinaryPrimitives.ReverseEndianness(words, words);
            }

            var least = long.MaxValue;
            for (var filter = 0; filter < PngFilter.Count; filter++)
            {
                trial[0] = (byte)filter;
                PngFilter.Apply(filter, row, above, header.FilterStride, trial.AsSpan(1));
                var cost = 0L;
                foreach (var b in trial.AsSpan(1)) cost += Math.Abs((int)(sbyte)b);
                if (cost >= least) continue;
                least = cost;
                (best, trial) = (trial, best);
            }

            to.Write(best);
            (above, row) = (row, above);
        }
    }

    internal static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        var start = (int)file.Position;
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(file.GetBuffer().AsSpan(start, 4 + data.Length)));
        file.Write(number);
    }
}
