namespace Strata.Formats.Images;

/// <summary>Decodes the entropy-coded data of one scan (T.81, annexes F.2 and G.2).</summary>
ref struct JpegScan(JpegFrame frame, JpegComponent[] components, int first, int last, int high, int low, int restartInterval)
{
    static ReadOnlySpan<byte> ZigZag =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    int bandRun; // blocks still to come without a coefficient in the band (EOBRUN)

    /// <summary>Natural from zigzag order.</summary>
    public static int Natural(int zigzag) => ZigZag[zigzag];

    /// <returns>Where the data ended.</returns>
    public int Decode(ReadOnlySpan<byte> file, int position)
    {
        var bits = new JpegBits(file, position);
        // One component: its own blocks row by row. Several: units, each with some blocks of every component.
        var alone = components.Length == 1;
        var (wide, high) = alone ? (components[0].BlocksWide, components[0].BlocksHigh) : (frame.UnitsWide, frame.UnitsHigh);
        var untilRestart = restartInterval == 0 ? long.MaxValue : restartInterval;
        var restarts = 0;
        for (var y = 0; y < high; y++)
        {
            for (var x = 0; x < wide; x++)
            {
                if (untilRestart-- == 0)
                {
                    bits = Restart(file, bits, restarts++);
                    untilRestart = restartInterval - 1;
                }

                if (alone) Block(ref bits, components[0], y, x);
                else
                    foreach (var component in components)
                        for (var v = 0; v < component.Vertical; v++)
                            for (var h = 0; h < component.Horizontal; h++)
                                Block(ref bits, component, (y * component.Vertical) + v, (x * component.Horizontal) + h);
            }

            bits.Check();
        }

        return bits.Position;
    }

    JpegBits Restart(ReadOnlySpan<byte> file, JpegBits bits, int number)
    {
        bits.Check();
        var at = bits.Position;
        while (at + 1 < file.Length && file[at] == 0xFF && file[at + 1] == 0xFF) at++; // fill bytes
        if (at + 1 >= file.Length || file[at] != 0xFF || file[at + 1] != 0xD0 + (number % 8))
            throw new FormatException($"the restart marker {number % 8} is missing at byte {at}");
        foreach (var component in components) component.Dc = 0;
        bandRun = 0;
        return new(file, at + 2);
    }

    void Block(ref JpegBits bits, JpegComponent component, int row, int column)
    {
        if (!frame.Progressive)
        {
            Sequential(ref bits, component, component.Samples.AsSpan((row * 8 * component.Stride) + (column * 8)));
            return;
        }

        var block = component.Coefficients.AsSpan(((row * (component.Stride / 8)) + column) * 64, 64);
        if (first == 0)
        {
            if (high == 0)
            {
                component.Dc += bits.TakeSigned(DcLength(ref bits, component));
                block[0] = (short)(component.Dc << low);
            }
            else if (bits.Take(1) != 0)
            {
                block[0] |= (short)(1 << low);
            }
        }
        else if (high == 0)
        {
            FirstBand(ref bits, component.AcTable!, block);
        }
        else
        {
            RefineBand(ref bits, component.AcTable!, block);
        }
    }

    static int DcLength(ref JpegBits bits, JpegComponent component) => component.DcTable!.Next(ref bits) is <= 15 and var length
        ? length
        : throw new FormatException("the image data has a DC difference of more than 15 bits");

    static void Sequential(ref JpegBits bits, JpegComponent component, Span<byte> to)
    {
        Span<short> block = stackalloc short[64];
        component.Dc += bits.TakeSigned(DcLength(ref bits, component));
        if (component.AcTable!.ReadBlock(ref bits, block) == 0)
        {
            JpegTransform.InverseDc((short)component.Dc, component.Quantization![0], to, component.Stride);
            return;
        }

        block[0] = (short)component.Dc;
        JpegTransform.Inverse(block, component.Quantization!, to, component.Stride);
    }

    void FirstBand(ref JpegBits bits, JpegHuffman table, Span<short> block)
    {
        if (bandRun > 0)
        {
            bandRun--;
            return;
        }

        for (var k = first; k <= last; k++)
        {
            var symbol = table.Next(ref bits);
            var (run, length) = (symbol >> 4, symbol & 15);
            if (length == 0)
            {
                if (run < 15)
                {
                    bandRun = (1 << run) + (run == 0 ? 0 : bits.Take(run)) - 1;
                    break;
                }

                k += 15;
                continue;
            }

            k += run;
            if (k > last) throw new FormatException("the image data has a coefficient outside its band");
            block[ZigZag[k]] = (short)(bits.TakeSigned(length) << low);
        }
    }

    /// <summary>One more bit of each coefficient that is not zero, and new coefficients of one bit in between (T.81, G.1.2.3).</summary>
    void RefineBand(ref JpegBits bits, JpegHuffman table, Span<short> block)
    {
        var bit = 1 << low;
        var k = first;
        if (bandRun == 0)
        {
            for (; k <= last; k++)
            {
                var symbol = table.Next(ref bits);
                var (run, length) = (symbol >> 4, symbol & 15);
                var value = 0;
                if (length == 1) value = bits.Take(1) != 0 ? bit : -bit;
                else if (length != 0) throw new FormatException($"the image data has a new coefficient of {length} bits in a refinement");
                else if (run < 15)
                {
                    bandRun = (1 << run) + (run == 0 ? 0 : bits.Take(run));
                    break;
                }

                // Past `run` zeros and every coefficient that is there, which gets its bit.
                for (; k <= last; k++)
                {
                    ref var coefficient = ref block[ZigZag[k]];
                    if (coefficient != 0) Refine(ref bits, ref coefficient, bit);
                    else if (run-- == 0)
                    {
                        coefficient = (short)value;
                        break;
                    }
                }

                if (k > last && value != 0) throw new FormatException("the image data has a coefficient outside its band");
            }
        }

        if (bandRun == 0) return;
        for (; k <= last; k++)
            if (block[ZigZag[k]] != 0) Refine(ref bits, ref block[ZigZag[k]], bit);
        bandRun--;
    }

    static void Refine(ref JpegBits bits, ref short coefficient, int bit)
    {
        if (bits.Take(1) != 0 && (coefficient & bit) == 0) coefficient += (short)(coefficient >= 0 ? bit : -bit);
    }
}
