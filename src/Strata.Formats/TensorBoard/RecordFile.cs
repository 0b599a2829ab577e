using System.Buffers.Binary;
using System.Numerics;

namespace Strata.Formats.TensorBoard;

/// <summary>The TFRecord framing: length (8 bytes, little-endian), its checksum, the data, its checksum.</summary>
static class RecordFile
{
    const int HeadLength = 12, FootLength = 4;

    public static void Append(Stream stream, ReadOnlySpan<byte> data)
    {
        // In one piece, so that a reader beside us, or a crash, sees whole records.
        var record = new byte[HeadLength + data.Length + FootLength];
        BinaryPrimitives.WriteInt64LittleEndian(record, data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), MaskedCrc(record.AsSpan(0, 8)));
        data.CopyTo(record.AsSpan(HeadLength));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(HeadLength + data.Length), MaskedCrc(data));
        stream.Write(record);
    }

    /// <summary>The records of a stream. Faults are <see cref="FormatException"/>s.</summary>
    /// <param name="stream">A stream of known length.</param>
    /// <param name="allowCutEnd">Whether a last record that is not whole is left out, as one that is being written, instead of a fault.</param>
    public static IEnumerable<byte[]> Read(Stream stream, bool allowCutEnd)
    {
        var head = new byte[HeadLength];
        for (var at = stream.Position; at < stream.Length; at = stream.Position)
        {
            if (stream.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false) < HeadLength)
            {
                if (allowCutEnd) yield break;
                throw new FormatException($"the file is truncated: the record at byte {at} ends within its head");
            }

            var length = BinaryPrimitives.ReadUInt64LittleEndian(head);
            Check(head.AsSpan(0, 8), BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(8)), at, "length");
            // Compared with what there is before anything is allocated.
            var left = (ulong)Math.Max(stream.Length - stream.Position, 0);
            if (left < FootLength || length > left - FootLength)
            {
                if (allowCutEnd) yield break;
                throw new FormatException($"the file is truncated: the record at byte {at} claims {length} bytes of data, {left} bytes are left");
            }

            if (length > (ulong)Array.MaxLength - FootLength) throw new FormatException($"the record at byte {at} has {length} bytes, more than fit into memory");
            var data = new byte[(int)length + FootLength];
            stream.ReadExactly(data);
            Check(data.AsSpan(0, (int)length), BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan((int)length)), at, "data");
            yield return data[..(int)length];
        }
    }

    static void Check(ReadOnlySpan<byte> bytes, uint stored, long at, string part)
    {
        var crc = MaskedCrc(bytes);
        if (crc != stored) throw new FormatException($"the record at byte {at} is damaged: the checksum of its {part} is {crc:X8}, the file says {stored:X8}");
    }

    /// <summary>CRC-32C, turned by 15 bits and shifted by a constant, as a checksum of data that holds checksums needs.</summary>
    internal static uint MaskedCrc(ReadOnlySpan<byte> bytes)
    {
        var crc = Crc32C(bytes);
        return BitOperations.RotateRight(crc, 15) + 0xA282EAD8;
    }

    /// <summary>The CRC with Castagnoli's polynomial (RFC 3720, appendix B.4).</summary>
    internal static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var value in bytes) crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
