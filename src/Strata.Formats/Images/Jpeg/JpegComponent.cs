namespace Strata.Formats.Images;

/// <summary>One component of a frame: its place in the frame header, its samples, and for progressive files its coefficients.</summary>
sealed class JpegComponent(int id, int horizontal, int vertical, int table)
{
    public int Id => id;

    /// <summary>Blocks of a unit (MCU) side by side.</summary>
    public int Horizontal => horizontal;

    /// <summary>Blocks of a unit one below the other.</summary>
    public int Vertical => vertical;

    /// <summary>The number of the quantization table.</summary>
    public int Table => table;

    /// <summary>The size in samples.</summary>
    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>The size in blocks, without those that only fill units.</summary>
    public int BlocksWide => (Width + 7) / 8;

    public int BlocksHigh => (Height + 7) / 8;

    /// <summary>The length of a row of <see cref="Samples"/>: whole units.</summary>
    public int Stride { get; private set; }

    public byte[] Samples { get; private set; } = [];

    /// <summary>64 numbers a block in natural order, blocks row by row; empty in sequential files.</summary>
    public short[] Coefficients { get; private set; } = [];

    /// <summary>Of each coefficient of a progressive file, the lowest bit that is known; −1 while none is.</summary>
    public int[] KnownBits { get; } = [.. Enumerable.Repeat(-1, 64)];

    /// <summary>The quantization table as it stood when the component's first scan began (T.81, B.2.4.1).</summary>
    public ushort[]? Quantization { get; set; }

    /// <summary>The prediction of the next DC coefficient.</summary>
    public int Dc { get; set; }

    public JpegHuffman? DcTable { get; set; }

    public JpegHuffman? AcTable { get; set; }

    /// <summary>Blocks in whole units.</summary>
    public static long Blocks(int unitsWide, int unitsHigh, int horizontal, int vertical) => (long)unitsWide * horizontal * unitsHigh * vertical;

    public void Allocate(int width, int height, int unitsWide, int unitsHigh, bool keepCoefficients)
    {
        (Width, Height, Stride) = (width, height, unitsWide * horizontal * 8);
        var blocks = Blocks(unitsWide, unitsHigh, horizontal, vertical);
        Samples = GC.AllocateUninitializedArray<byte>((int)(blocks * 64)); // what fills units is never looked at
        if (keepCoefficients) Coefficients = new short[blocks * 64];
    }

    /// <summary>Turns all coefficients to samples.</summary>
    public void Transform()
    {
        if (Quantization is null) throw new FormatException($"component {id} has no image data");
        for (int row = 0, at = 0; row < Samples.Length / Stride / 8; row++)
            for (var column = 0; column < Stride / 8; column++, at += 64)
                JpegTransform.Inverse(Coefficients.AsSpan(at, 64), Quantization, Samples.AsSpan((row * 8 * Stride) + (column * 8)), Stride);
    }
}
