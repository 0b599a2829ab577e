namespace Strata.Formats.Images;

/// <summary>What a frame header says (T.81, B.2.2).</summary>
sealed class JpegFrame
{
    JpegFrame(bool progressive, int height, int width, JpegComponent[] components)
    {
        (Progressive, Height, Width, Components) = (progressive, height, width, components);
        (MaxHorizontal, MaxVertical) = (components.Max(c => c.Horizontal), components.Max(c => c.Vertical));
        UnitsWide = (width + (8 * MaxHorizontal) - 1) / (8 * MaxHorizontal);
        UnitsHigh = (height + (8 * MaxVertical) - 1) / (8 * MaxVertical);
    }

    public bool Progressive { get; }

    public int Height { get; }

    public int Width { get; }

    public JpegComponent[] Components { get; }

    public int MaxHorizontal { get; }

    public int MaxVertical { get; }

    /// <summary>Units (MCUs) side by side and one below the other.</summary>
    public int UnitsWide { get; }

    public int UnitsHigh { get; }

    /// <param name="data">The segment's content.</param>
    /// <param name="progressive">Whether the frame is progressive.</param>
    /// <param name="maxPixels">The most pixels allowed.</param>
    /// <param name="bytesLeft">Bytes of the file after the header. Each block takes at least one bit, so that a small file cannot ask for a huge picture.</param>
    /// <exception cref="FormatException">The header is damaged or beyond a limit.</exception>
    public static JpegFrame Parse(ReadOnlySpan<byte> data, bool progressive, long maxPixels, long bytesLeft)
    {
        if (data.Length < 6 || data.Length != 6 + (3 * data[5])) throw new FormatException($"the frame header has {data.Length} bytes, which do not fit its components");
        if (data[0] != 8) throw new FormatException($"samples have {data[0]} bits, expected 8");
        var (height, width) = ((data[1] << 8) | data[2], (data[3] << 8) | data[4]);
        if (width == 0 || height == 0) throw new FormatException($"the size is {width} × {height}{(height == 0 ? " (a height given after the data is not supported)" : "")}");
        if ((long)height * width > maxPixels) throw new FormatException($"the picture has {width} × {height} pixels, more than the limit of {maxPixels}");
        if (data[5] is not (1 or 3 or 4)) throw new FormatException($"there are {data[5]} components, expected 1 (grey), 3 (color) or 4 (CMYK)");
        var components = new JpegComponent[data[5]];
        for (var i = 0; i < components.Length; i++)
        {
            var (id, h, v, table) = (data[6 + (3 * i)], data[7 + (3 * i)] >> 4, data[7 + (3 * i)] & 15, data[8 + (3 * i)]);
            if (h is < 1 or > 4 || v is < 1 or > 4 || table > 3) throw new FormatException($"component {id} has the sampling {h}×{v} and the table {table}, expected 1 to 4 and 0 to 3");
            if (components.Take(i).Any(c => c.Id == id)) throw new FormatException($"component {id} comes twice");
            components[i] = components.Length == 1 ? new(id, 1, 1, table) : new(id, h, v, table); // alone, blocks follow each other row by row
        }

        var frame = new JpegFrame(progressive, height, width, components);
        var blocks = components.Sum(c => JpegComponent.Blocks(frame.UnitsWide, frame.UnitsHigh, c.Horizontal, c.Vertical));
        if (blocks / 8 > bytesLeft || blocks * 64 > Array.MaxLength)
            throw new FormatException($"the picture of {width} × {height} pixels has {blocks} blocks, more than {bytesLeft} bytes can hold");
        foreach (var c in components)
            c.Allocate(Part(width, c.Horizontal, frame.MaxHorizontal), Part(height, c.Vertical, frame.MaxVertical), frame.UnitsWide, frame.UnitsHigh, progressive);
        return frame;

        static int Part(int size, int sampling, int most) => ((size * sampling) + most - 1) / most;
    }
}
