using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Strata.Formats.Images;

/// <summary>Reads bits from the highest down; a byte FF in the data is followed by 00, which is passed over. At a marker and at the end
/// zeros follow; <see cref="Check"/> finds out whether any were needed.</summary>
ref struct JpegBits(ReadOnlySpan<byte> data, int position)
{
    readonly ReadOnlySpan<byte> data = data;
    ulong buffer; // the next bits, at its high end
    int count; // how many of them there are
    int invented; // how many of them are no data

    /// <summary>Where the next byte comes from: at a marker, if one stopped the data.</summary>
    public int Position { get; private set; } = position;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Peek16()
    {
        if (count < 16) Fill();
        return (int)(buffer >> 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int bits)
    {
        buffer <<= bits;
        count -= bits;
    }

    /// <summary>The next bits, up to 16, as a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take(int bits)
    {
        if (count < bits) Fill();
        var value = (int)(buffer >> 32 >> (32 - bits));
        Skip(bits);
        return value;
    }

    /// <summary>The next bits as <see cref="Extend"/> reads them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TakeSigned(int bits) => bits == 0 ? 0 : Extend(Take(bits), bits);

    /// <summary>T.81's EXTEND: half of the numbers of so many bits stand for negative ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Extend(int number, int bits) => number < 1 << (bits - 1) ? number - (1 << bits) + 1 : number;

    /// <summary>The next bits as they lie in the buffer, for a loop that keeps them in registers and gives them back by <see cref="GiveBack"/>.</summary>
    public readonly (ulong Buffer, int Count) Lend() => (buffer, count);

    /// <summary>Takes back what is left of lent bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void GiveBack(ulong left, int bits) => (buffer, count) = (left, bits);

    /// <summary>Fills lent bits up to 32 or more; there are fewer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Refill(ref ulong lent, ref int bits)
    {
        var at = Position;
        if (at <= data.Length - 4 && BinaryPrimitives.ReadUInt32BigEndian(data[at..]) is var four
            && ((~four - 0x01010101) & four & 0x80808080) == 0)
        {
            lent |= (ulong)four << (32 - bits);
            bits += 32;
            Position = at + 4;
            return;
        }

        (lent, bits) = RefillSlowly(lent, bits);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    (ulong, int) RefillSlowly(ulong lent, int bits)
    {
        GiveBack(lent, bits);
        Fill();
        return Lend();
    }

    /// <exception cref="FormatException">More bits were taken than there are.</exception>
    public readonly void Check()
    {
        if (invented > count) throw new FormatException("the file is truncated: its image data ends early");
    }

    void Fill()
    {
        while (count <= 32)
        {
            // Four bytes at once if none is FF.
            if (Position + 4 <= data.Length && BinaryPrimitives.ReadUInt32BigEndian(data[Position..]) is var four && ((~four - 0x01010101) & four & 0x80808080) == 0)
            {
                buffer |= (ulong)four << (32 - count);
                Position += 4;
                count += 32;
                continue;
            }

            var value = 0;
            if (Position < data.Length && (data[Position] != 0xFF || (Position + 1 < data.Length && data[Position + 1] == 0)))
            {
                value = data[Position];
                Position += value == 0xFF ? 2 : 1;
            }
            else
            {
                invented += 8;
            }

            buffer |= (ulong)value << (56 - count);
            count += 8;
        }

        if (invented > 1 << 20) Check(); // a damaged file may ask for zeros for long
    }
}
