namespace Strata.Formats.Images;

/// <summary>A Huffman table (ITU-T T.81, annex C and F.2.2.3): codes of up to 16 bits.</summary>
sealed class JpegHuffman
{
    /// <summary>Codes this short are found by one look into a table.</summary>
    public const int FastBits = 9;

    readonly ushort[] fast = new ushort[1 << FastBits]; // length << 8 | symbol; 0: a longer code
    readonly int[] limit = new int[18]; // of each length: the first 16-bit word beyond its codes
    readonly int[] offset = new int[17]; // of each length: what to add to a code to find its symbol
    readonly byte[] symbols;

    /// <exception cref="FormatException">There are more codes of a length than fit.</exception>
    public JpegHuffman(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        this.symbols = symbols.ToArray();
        int code = 0, index = 0;
        for (var length = 1; length <= 16; length++, code <<= 1)
        {
            offset[length] = index - code;
            if (code + counts[length - 1] > 1 << length) throw new FormatException($"a Huffman table has too many codes of {length} bits");
            for (var i = 0; i < counts[length - 1]; i++, code++, index++)
                if (length <= FastBits) fast.AsSpan(code << (FastBits - length), 1 << (FastBits - length)).Fill((ushort)((length << 8) | symbols[index]));
            limit[length] = code << (16 - length);
        }

        limit[17] = int.MaxValue;
    }

    /// <summary>The next symbol.</summary>
    public int Next(ref JpegBits bits)
    {
        var word = bits.Peek16();
        var entry = fast[word >> (16 - FastBits)];
        if (entry != 0)
        {
            bits.Skip(entry >> 8);
            return entry & 0xFF;
        }

        var length = FastBits + 1;
        while (word >= limit[length]) length++;
        if (length > 16) throw new FormatException("the image data has a code that is in no Huffman table");
        bits.Skip(length);
        return symbols[(word >> (16 - length)) + offset[length]];
    }
}
