using System.Buffers.Binary;
using System.Text;

namespace Strata.Formats.Hdf5;

/// <summary>The bytes of a file with checked access: whatever lies outside is a <see cref="FormatException"/>.</summary>
sealed class Hdf5Bytes(byte[] file)
{
    /// <summary>What stands in the place of an address that is not there.</summary>
    public const long Undefined = -1;

    const int LongestName = 4096;

    long spent;

    /// <summary>How many bytes there are.</summary>
    public long Length => file.Length;

    /// <summary>Bytes of an address, and of a length.</summary>
    public (int Offset, int Length) Sizes { get; set; } = (8, 8);

    /// <summary>What is added to each address: the length of what stands before the file proper.</summary>
    public long Base { get; set; }

    public ReadOnlySpan<byte> Span(long at, long length) => at >= 0 && length >= 0 && at <= file.Length - length
        ? file.AsSpan((int)at, (int)length)
        : throw new FormatException($"it is damaged or truncated: {length} bytes at {at} are referred to, but it has {file.Length}");

    public Stream Stream(long at, long length)
    {
        Span(at, length);
        return new MemoryStream(file, (int)at, (int)length, writable: false);
    }

    public byte Byte(long at) => Span(at, 1)[0];

    public int UInt16(long at) => BinaryPrimitives.ReadUInt16LittleEndian(Span(at, 2));

    public long UInt32(long at) => BinaryPrimitives.ReadUInt32LittleEndian(Span(at, 4));

    /// <summary>A number of 1, 2, 4 or 8 bytes; all ones of eight is −1.</summary>
    public long Number(long at, int size) => size switch
    {
        1 => Byte(at),
        2 => UInt16(at),
        4 => UInt32(at),
        8 => BinaryPrimitives.ReadInt64LittleEndian(Span(at, 8)),
        _ => throw new FormatException($"it is damaged: a number has {size} bytes"),
    };

    /// <summary>An address in the file.</summary>
    public long Address(long at)
    {
        var address = Number(at, Sizes.Offset);
        return address == Undefined || (Sizes.Offset == 4 && address == uint.MaxValue) ? Undefined : address + Base;
    }

    public long Size(long at) => Number(at, Sizes.Length);

    /// <summary>Whether four letters stand there.</summary>
    public bool Is(long at, ReadOnlySpan<byte> mark) => Span(at, mark.Length).SequenceEqual(mark);

    public void Require(long at, ReadOnlySpan<byte> mark)
    {
        if (!Is(at, mark)) throw new FormatException($"it is damaged: '{Encoding.ASCII.GetString(mark)}' is expected at {at}");
    }

    /// <summary>A text that ends with a zero.</summary>
    public string Text(long at)
    {
        var rest = Span(at, Math.Clamp(file.Length - at, 0, LongestName));
        var end = rest.IndexOf((byte)0);
        return end >= 0 ? Encoding.UTF8.GetString(rest[..end]) : throw new FormatException("it is damaged: a name has no end");
    }

    /// <summary>Counts a part that is read. No honest file has more of them than bytes; one whose parts refer to each other again and again has.</summary>
    public void Count()
    {
        if (++spent > file.Length) throw new FormatException("it is damaged: its parts refer to each other again and again");
    }
}
