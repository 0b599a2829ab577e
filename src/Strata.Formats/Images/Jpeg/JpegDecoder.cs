using System.Buffers.Binary;

namespace Strata.Formats.Images;

/// <summary>Decodes one JPEG file (ITU-T T.81): sequential and progressive Huffman-coded frames of 8 bits. Every fault of the file is a
/// <see cref="FormatException"/> whose message is a clause without the file's name; <see cref="Jpeg"/> adds that.</summary>
sealed class JpegDecoder
{
    const int MostScans = 100; // encoders make about ten; each can make a pass over the whole picture from a few bytes

    readonly ushort[]?[] quantization = new ushort[4][];
    readonly JpegHuffman?[] dcTables = new JpegHuffman?[4], acTables = new JpegHuffman?[4];
    JpegFrame? frame;
    int restartInterval, scans;
    int? adobeTransform;
    bool jfif;

    public static Image Decode(ReadOnlySpan<byte> file, long maxPixels) => new JpegDecoder().Read(file, maxPixels);

    Image Read(ReadOnlySpan<byte> file, long maxPixels)
    {
        if (file.Length < 3 || file[0] != 0xFF || file[1] != 0xD8 || file[2] != 0xFF)
            throw new FormatException($"not a JPEG file: it begins with {Convert.ToHexString(file[..Math.Min(3, file.Length)])}, expected FFD8FF");
        var at = 2;
        while (true)
        {
            var marker = NextMarker(file, ref at);
            if (marker == 0xD9) break;
            if (marker is 0x01 or (>= 0xD0 and <= 0xD7)) continue;
            if (at + 2 > file.Length) throw Truncated();
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
            if (length < 2) throw new FormatException($"segment {marker:X2} has the length {length}");
            if (length > file.Length - at) throw Truncated();
            var data = file.Slice(at + 2, length - 2);
            at += length;
            if (marker == 0xDA) at = Scan(data, file, at);
            else Segment(marker, data, maxPixels, file.Length - at);
        }

        if (frame is null || scans == 0) throw new FormatException("there is no image data");
        foreach (var component in frame.Components)
            if (frame.Progressive) component.Transform();
            else if (component.Quantization is null) throw new FormatException($"component {component.Id} has no image data");
        return JpegOutput.Make(frame, adobeTransform, jfif);
    }

    /// <summary>Goes past what is no marker (stray bytes between segments, as some cameras write) to the next one.</summary>
    static int NextMarker(ReadOnlySpan<byte> file, ref int at)
    {
        while (true)
        {
            var found = file[at..].IndexOf((byte)0xFF);
            if (found < 0) throw Truncated();
            at += found;
            while (at < file.Length && file[at] == 0xFF) at++;
            if (at == file.Length) throw Truncated();
            if (file[at] != 0) return file[at++];
        }
    }

    static FormatException Truncated() => new("the file is truncated: it ends before its end marker");

    void Segment(int marker, ReadOnlySpan<byte> data, long maxPixels, long bytesLeft)
    {
        switch (marker)
        {
            case 0xC0 or 0xC1 or 0xC2:
                if (frame is not null) throw new FormatException("there is a second frame");
                frame = JpegFrame.Parse(data, marker == 0xC2, maxPixels, bytesLeft);
                break;
            case 0xC4:
                HuffmanTables(data);
                break;
            case 0xDB:
                QuantizationTables(data);
                break;
            case 0xDD:
                if (data.Length != 2) throw new FormatException($"the restart interval has {data.Length} bytes, expected 2");
                restartInterval = BinaryPrimitives.ReadUInt16BigEndian(data);
                break;
            case 0xE0:
                jfif |= data.StartsWith("JFIF\0"u8);
                break;
            case 0xEE:
                if (data.Length >= 12 && data.StartsWith("Adobe"u8)) adobeTransform = data[11];
                break;
            case 0xC3 or 0xC7 or 0xCB or 0xCF:
                throw new FormatException("the file is lossless JPEG, expected baseline or progressive");
            case 0xC5 or 0xC6 or 0xCD or 0xCE:
                throw new FormatException("the file is hierarchical JPEG, expected baseline or progressive");
            case 0xC9 or 0xCA or 0xCC:
                throw new FormatException("the file is arithmetic-coded JPEG, expected Huffman-coded");
        }
    }

    void QuantizationTables(ReadOnlySpan<byte> data)
    {
        while (data.Length > 0)
        {
            var (wide, id) = (data[0] >> 4, data[0] & 15);
            var length = wide == 0 ? 64 : 128;
            if (wide > 1 || id > 3 || data.Length < 1 + length) throw new FormatException("a quantization table is damaged");
            var table = new ushort[64];
            for (var k = 0; k < 64; k++)
                table[JpegScan.Natural(k)] = wide == 0 ? data[1 + k] : BinaryPrimitives.ReadUInt16BigEndian(data[(1 + (2 * k))..]);
            quantization[id] = table;
            data = data[(1 + length)..];
        }
    }

    void HuffmanTables(ReadOnlySpan<byte> data)
    {
        while (data.Length > 0)
        {
            var (isAc, id) = (data[0] >> 4, data[0] & 15);
            if (isAc > 1 || id > 3 || data.Length < 17) throw new FormatException("a Huffman table is damaged");
            var counts = data.Slice(1, 16);
            var total = 0;
            foreach (var count in counts) total += count;
            if (total > 256 || data.Length < 17 + total) throw new FormatException("a Huffman table is damaged");
            (isAc == 0 ? dcTables : acTables)[id] = new JpegHuffman(counts, data.Slice(17, total));
            data = data[(17 + total)..];
        }
    }

    int Scan(ReadOnlySpan<byte> header, ReadOnlySpan<byte> file, int at)
    {
        if (frame is null) throw new FormatException("there is image data before the frame header");
        if (++scans > MostScans) throw new FormatException($"there are more than {MostScans} scans");
        if (header.Length < 1 || header[0] is < 1 or > 4 || header.Length != 4 + (2 * header[0])) throw new FormatException("a scan header is damaged");
        var (first, last, high, low) = (header[^3], header[^2], header[^1] >> 4, header[^1] & 15);
        if (frame.Progressive)
        {
            if (first > last || last > 63 || (first == 0 && last != 0) || (first > 0 && header[0] != 1) || low > 13 || (high != 0 && high != low + 1))
                throw new FormatException($"a scan of coefficients {first} to {last}, bits {high} to {low} is no step of a progressive file");
        }
        else
        {
            (first, last, high, low) = (0, 63, 0, 0); // some encoders write other numbers, which mean nothing here
        }

        var components = new JpegComponent[header[0]];
        for (var i = 0; i < components.Length; i++)
        {
            var (id, dc, ac) = (header[1 + (2 * i)], header[2 + (2 * i)] >> 4, header[2 + (2 * i)] & 15);
            var component = frame.Components.FirstOrDefault(c => c.Id == id) ?? throw new FormatException($"a scan is of component {id}, which the frame has not");
            if (components.AsSpan(0, i).Contains(component)) throw new FormatException($"a scan has component {id} twice");
            if (dc > 3 || ac > 3) throw new FormatException("a scan header is damaged");
            component.Quantization ??= quantization[component.Table] ?? throw new FormatException($"quantization table {component.Table} is missing");
            component.Dc = 0;
            component.DcTable = first > 0 || high > 0 ? null : dcTables[dc] ?? throw new FormatException($"the Huffman table {dc} for DC is missing");
            component.AcTable = last == 0 ? null : acTables[ac] ?? throw new FormatException($"the Huffman table {ac} for AC is missing");
            for (var k = first; frame.Progressive && k <= last; k++)
            {
                if (high == 0 ? component.KnownBits[k] >= 0 : component.KnownBits[k] != high) throw new FormatException($"a scan gives bits of coefficient {k} out of order");
                component.KnownBits[k] = low;
            }

            components[i] = component;
        }

        return new JpegScan(frame, components, first, last, high, low, restartInterval).Decode(file, at);
    }
}
