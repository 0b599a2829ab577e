namespace Strata.Formats.Images;

/// <summary>The run-length coding of BMP: pairs (count, color), and escapes (0, n): end of row, end of picture, a step, n single pixels.</summary>
static class BmpRuns
{
    /// <summary>The indices of all pixels, bottom row first; those that are stepped over are 0.</summary>
    /// <exception cref="FormatException">The data ends early or leaves the picture.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> data, int bits, int width, int height)
    {
        var indices = new byte[width * height];
        var (x, y, at) = (0, 0, 0);
        while (true)
        {
            if (at + 2 > data.Length) throw new FormatException("the file is truncated: its runs end before their end mark");
            var (count, value) = (data[at++], data[at++]);
            if (count > 0)
            {
                for (var i = 0; i < count; i++) Put(Half(value, i));
                continue;
            }

            switch (value)
            {
                case 0:
                    (x, y) = (0, y + 1);
                    break;
                case 1:
                    return indices;
                case 2:
                    if (at + 2 > data.Length) throw new FormatException("the file is truncated within a step");
                    x += data[at++];
                    y += data[at++];
                    break;
                default:
                    var bytes = ((value * bits) + 7) / 8;
                    if (bytes > data.Length - at) throw new FormatException("the file is truncated within a run");
                    for (var i = 0; i < value; i++) Put(Half(data[at + (i * bits / 8)], i));
                    at += bytes + (bytes & 1);
                    break;
            }
        }

        // Of two pixels in a byte the first is the high half.
        byte Half(byte value, int i) => bits == 8 ? value : (byte)(i % 2 == 0 ? value >> 4 : value & 15);

        void Put(byte index)
        {
            if (x >= width || y >= height) throw new FormatException($"a run leaves the picture at column {x}, row {y}");
            indices[(y * width) + x++] = index;
        }
    }
}
