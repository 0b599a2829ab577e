using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Strata.Formats.Images;

/// <summary>Decodes one PNG file (PNG specification, third edition). Every fault of the file is a <see cref="FormatException"/> whose message
/// is a clause without the file's name; <see cref="Png"/> adds that.</summary>
sealed class PngDecoder
{
    // Deflate makes at most 1032 bytes of one, so a small file that claims a huge picture is refused before anything is allocated for it.
    const int MostBytesPerByte = 1032;

    PngHeader header;
    bool seenHeader, dataEnded;
    byte[]? palette; // RGB triples
    byte[]? transparency; // alpha of the palette's colors, or one 16-bit sample a channel
    readonly MemoryStream compressed = new();

    /// <summary>The picture: palette colors as RGB, transparency as alpha, depths below 8 scaled to 8 bits; or, with
    /// <paramref name="indices"/>, the one stored sample a pixel as it is.</summary>
    public static Image Decode(ReadOnlySpan<byte> file, bool indices, long maxPixels)
    {
        var decoder = new PngDecoder();
        decoder.ReadChunks(file, maxPixels);
        return decoder.header.BitDepth == 16 ? decoder.DecodeWords(indices) : decoder.DecodeBytes(indices);
    }

    void ReadChunks(ReadOnlySpan<byte> file, long maxPixels)
    {
        if (!file.StartsWith(Png.Signature))
            throw new FormatException($"not a PNG file: it begins with {Convert.ToHexString(file[..Math.Min(8, file.Length)])}, expected {Convert.ToHexString(Png.Signature)}");
        var rest = file[Png.Signature.Length..];
        while (true)
        {
            if (rest.Length < 12) throw new FormatException("the file is truncated: it ends before its IEND chunk");
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            var type = Encoding.Latin1.GetString(rest.Slice(4, 4));
            if (!type.All(char.IsAsciiLetter)) throw new FormatException($"a chunk is named {Convert.ToHexString(rest.Slice(4, 4))}, expected four letters");
            if (length > rest.Length - 12) throw new FormatException($"the file is truncated: chunk {type} claims {length} bytes, {rest.Length - 12} are left");
            var data = rest.Slice(8, (int)length);
            var stored = BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + data.Length)..]);
            var crc = Crc32.Of(rest.Slice(4, 4 + data.Length));
            if (crc != stored) throw new FormatException($"chunk {type} is damaged: its CRC is {crc:X8}, the file says {stored:X8}");
            rest = rest[(12 + data.Length)..];

            if (!seenHeader && type != "IHDR") throw new FormatException($"the first chunk is {type}, expected IHDR");
            if (type != "IDAT" && compressed.Length > 0) dataEnded = true;
            switch (type)
            {
                case "IHDR":
                    if (seenHeader) throw new FormatException("there is a second IHDR chunk");
                    header = PngHeader.Parse(data);
                    if ((long)header.Width * header.Height > maxPixels)
                        throw new FormatException($"the picture has {header.Width} × {header.Height} pixels, more than the limit of {maxPixels}");
                    seenHeader = true;
                    break;
                case "PLTE":
                    if (palette is not null || dataEnded) throw new FormatException("the chunk PLTE comes twice or after the image data");
                    if (data.Length is 0 or > 768 || data.Length % 3 != 0) throw new FormatException($"the palette has {data.Length} bytes, expected 3 to 768 in triples");
                    palette = data.ToArray();
                    break;
                case "tRNS":
                    transparency = ReadTransparency(data);
                    break;
                case "IDAT":
                    if (dataEnded) throw new FormatException("the IDAT chunks do not follow each other");
                    compressed.Write(data);
                    break;
                case "IEND":
                    if (compressed.Length == 0) throw new FormatException("there is no image data (IDAT)");
                    if (header.Color == PngColor.Palette && palette is null) throw new FormatException("a palette picture has no PLTE chunk");
                    if (header.FilteredBytes > compressed.Length * MostBytesPerByte)
                        throw new FormatException($"the picture needs {header.FilteredBytes} bytes, more than its {compressed.Length} bytes of image data can hold");
                    return;
                default:
                    if (char.IsAsciiLetterUpper(type[0])) throw new FormatException($"the critical chunk {type} is unknown");
                    break;
            }
        }
    }

    byte[] ReadTransparency(ReadOnlySpan<byte> data)
    {
        var (legal, expected) = header.Color switch
        {
            PngColor.Grey => (data.Length == 2, "2"),
            PngColor.Rgb => (data.Length == 6, "6"),
            PngColor.Palette => (palette is not null && data.Length <= palette.Length / 3, $"at most {(palette?.Length ?? 0) / 3} after the palette"),
            _ => (false, "none beside an alpha channel"),
        };
        return legal ? data.ToArray() : throw new FormatException($"the chunk tRNS has {data.Length} bytes, expected {expected}");
    }

    /// <summary>Calls <paramref name="place"/> for every row of every pass with the unfiltered bytes and where its pixels lie.</summary>
    void ReadRows(Action<byte[], int, Adam7, int> place)
    {
        compressed.Position = 0;
        using var inflate = new ZLibStream(compressed, CompressionMode.Decompress);
        try
        {
            foreach (var pass in header.Interlaced ? Adam7.Passes : Adam7.Whole)
            {
                var (rows, columns) = pass.Size(header.Height, header.Width);
                if (rows == 0 || columns == 0) continue;
                var length = (int)header.RowBytes(columns);
                byte[] above = new byte[length], row = new byte[length];
                for (var i = 0; i < rows; i++)
                {
                    var filter = inflate.ReadByte();
                    if (filter < 0 || inflate.ReadAtLeast(row, length, throwOnEndOfStream: false) < length)
                        throw new FormatException($"the image data is truncated at row {i} of {rows}");
                    if (!PngFilter.Undo(filter, row, above, header.FilterStride))
                        throw new FormatException($"row {i} has the filter {filter}, expected 0 to 4");
                    place(row, columns, pass, pass.Top + i * pass.RowStep);
                    (above, row) = (row, above);
                }
            }

            inflate.ReadByte(); // makes the stream compare its Adler checksum; surplus data is ignored, as other readers do
        }
        catch (InvalidDataException e)
        {
            throw new FormatException($"the compressed image data is damaged ({e.Message.TrimEnd('.')})", e);
        }
    }

    Image DecodeBytes(bool indices)
    {
        var (depth, stored, width) = (header.BitDepth, header.StoredChannels, header.Width);
        if (indices && stored != 1) throw new FormatException($"indices were asked for, but the picture has {stored} channels");
        var expand = !indices && (header.Color == PngColor.Palette || transparency is not null);
        var channels = !expand ? stored : header.Color == PngColor.Palette ? 3 + (transparency is null ? 0 : 1) : stored + 1;
        var colors = expand && header.Color == PngColor.Palette ? Colors(channels) : null;
        var scale = header.Color == PngColor.Palette || indices ? 1 : 255 / ((1 << depth) - 1);
        var key = expand && colors is null ? Array.ConvertAll(TransparentColor(), k => (byte)(k & ((1 << depth) - 1))) : null;
        var samples = Allocate<byte>(channels);
        var unpacked = new byte[(long)width * stored];

        ReadRows((row, columns, pass, y) =>
        {
            var from = row;
            if (depth < 8) Unpack(row, depth, from = unpacked, columns);
            var o = ((long)y * width + pass.Left) * channels;
            if (colors is null && key is null && scale == 1 && pass.ColumnStep == 1) // the bytes are the samples: most photographs
            {
                from.AsSpan(0, columns * stored).CopyTo(samples.AsSpan((int)o));
                return;
            }

            for (int x = 0, i = 0; x < columns; x++, i += stored, o += (long)pass.ColumnStep * channels)
            {
                if (colors is not null)
                {
                    if (from[i] * channels >= colors.Length)
                        throw new FormatException($"row {y} uses color {from[i]} of a palette of {colors.Length / channels}");
                    colors.AsSpan(from[i] * channels, channels).CopyTo(samples.AsSpan((int)o));
                    continue;
                }

                for (var c = 0; c < stored; c++) samples[o + c] = (byte)(from[i + c] * scale);
                if (key is not null) samples[o + stored] = from.AsSpan(i, stored).SequenceEqual(key) ? byte.MinValue : byte.MaxValue;
            }
        });
        return new(header.Height, width, channels, samples);
    }

    Image DecodeWords(bool indices)
    {
        var (stored, width) = (header.StoredChannels, header.Width);
        if (indices && stored != 1) throw new FormatException($"indices were asked for, but the picture has {stored} channels");
        var key = transparency is null || indices ? null : TransparentColor();
        var channels = stored + (key is null ? 0 : 1);
        var samples = Allocate<ushort>(channels);

        ReadRows((row, columns, pass, y) =>
        {
            var o = ((long)y * width + pass.Left) * channels;
            for (int x = 0, i = 0; x < columns; x++, i += 2 * stored, o += (long)pass.ColumnStep * channels)
            {
                var pixel = samples.AsSpan((int)o, channels);
                for (var c = 0; c < stored; c++) pixel[c] = BinaryPrimitives.ReadUInt16BigEndian(row.AsSpan(i + 2 * c));
                if (key is not null) pixel[stored] = pixel[..stored].SequenceEqual(key) ? ushort.MinValue : ushort.MaxValue;
            }
        });
        return new(header.Height, width, channels, samples);
    }

    T[] Allocate<T>(int channels)
    {
        var count = (long)header.Width * header.Height * channels;
        return count <= Array.MaxLength
            ? new T[count]
            : throw new FormatException($"the picture has {header.Width} × {header.Height} × {channels} samples, more than one array holds");
    }

    /// <summary>The palette as whole pixels; colors that tRNS does not name are opaque.</summary>
    byte[] Colors(int channels)
    {
        var colors = new byte[palette!.Length / 3 * channels];
        for (int i = 0, o = 0; i < palette.Length / 3; i++, o += channels)
        {
            palette.AsSpan(3 * i, 3).CopyTo(colors.AsSpan(o));
            if (channels == 4) colors[o + 3] = i < transparency!.Length ? transparency[i] : byte.MaxValue;
        }

        return colors;
    }

    ushort[] TransparentColor()
    {
        var color = new ushort[transparency!.Length / 2];
        for (var c = 0; c < color.Length; c++) color[c] = BinaryPrimitives.ReadUInt16BigEndian(transparency.AsSpan(2 * c));
        return color;
    }

    /// <summary>Samples of 1, 2 or 4 bits lie in a byte from the high end.</summary>
    static void Unpack(byte[] row, int depth, byte[] to, int count)
    {
        var mask = (1 << depth) - 1;
        for (var i = 0; i < count; i++) to[i] = (byte)(row[i * depth >> 3] >> (8 - depth - (i * depth & 7)) & mask);
    }
}
