using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Strata.Formats.Images;

/// <summary>A Huffman table (ITU-T T.81, annex C and F.2.2.3): codes of up to 16 bits.</summary>
sealed class JpegHuffman
{
    /// <summary>Codes this short are found by one look into a table.</summary>
    public const int FastBits = 9;

    // Codes with their numbers that are together as short as this are found by one look, too.
    const int WholeBits = 10;

    readonly int[] whole = new int[1 << WholeBits]; // number << 16 | zeros before it << 8 | bits of both; without a number: the end of the block; 0: look elsewhere
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
            {
                if (length <= FastBits) fast.AsSpan(code << (FastBits - length), 1 << (FastBits - length)).Fill((ushort)((length << 8) | symbols[index]));
                if (length <= WholeBits) AddWhole(code, length, symbols[index]);
            }

            limit[length] = code << (16 - length);
        }

        limit[17] = int.MaxValue;
    }

    void AddWhole(int code, int length, int symbol)
    {
        var (run, size) = (symbol >> 4, symbol & 15);
        var free = WholeBits - length - size;
        if (symbol == 0xF0 || free < 0) return;
        for (var number = 0; number < 1 << size; number++)
            whole.AsSpan(((code << size) | number) << free, 1 << free).Fill(size == 0 ? length : (JpegBits.Extend(number, size) << 16) | (run << 8) | (length + size));
    }

    /// <summary>Reads the coefficients of a block after its first (T.81, F.2.2.2).</summary>
    /// <param name="bits">The image data.</param>
    /// <param name="block">64 zeros in natural order.</param>
    /// <returns>The place of the last one in zigzag order; 0 if there is none.</returns>
    /// <exception cref="FormatException">The data is damaged.</exception>
    public int ReadBlock(ref JpegBits bits, scoped Span<short> block)
    {
        ref var table = ref MemoryMarshal.GetArrayDataReference(whole);
        var (buffer, count) = bits.Lend();
        var last = 0;
        for (var k = 1; k < 64; k++)
        {
            if (count < 32) bits.Refill(ref buffer, ref count); // a code and its number have 31 at most
            var entry = Unsafe.Add(ref table, (nint)(buffer >> (64 - WholeBits)));
            int number;
            if (entry != 0)
            {
                buffer <<= entry & 0xFF;
                count -= entry & 0xFF;
                if ((uint)entry <= 0xFF) break; // end of block
                k += (entry >> 8) & 0xFF;
                number = entry >> 16;
            }
            else
            {
                var symbol = Find((int)(buffer >> 48), out var length);
                buffer <<= length;
                count -= length;
                var size = symbol & 15;
                if (size == 0)
                {
                    if (symbol != 0xF0) break;
                    k += 15;
                    continue;
                }

                k += symbol >> 4;
                number = JpegBits.Extend((int)(buffer >> 32 >> (32 - size)), size);
                buffer <<= size;
                count -= size;
            }

            if (k > 63) throw new FormatException("the image data has a coefficient outside its block");
            block[JpegScan.Natural(k)] = (short)number;
            last = k;
        }

        bits.GiveBack(buffer, count);
        return last;
    }

    /// <summary>The next symbol.</summary>
    public int Next(ref JpegBits bits)
    {
        var symbol = Find(bits.Peek16(), out var length);
        bits.Skip(length);
        return symbol;
    }

    int Find(int word, out int length)
    {
        var entry = fast[word >> (16 - FastBits)];
        if (entry != 0)
        {
            length = entry >> 8;
            return entry & 0xFF;
        }

        length = FastBits + 1;
        while (word >= limit[length]) length++;
        if (length > 16) throw new FormatException("the image data has a code that is in no Huffman table");
        return symbols[(word >> (16 - length)) + offset[length]];
    }
}
