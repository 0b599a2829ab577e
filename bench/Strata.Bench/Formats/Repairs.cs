using System.Buffers.Binary;
using System.Numerics;

namespace Strata.Bench.Formats;

/// <summary>The check of zip and PNG, written again here so that a mistake in the library's would show.</summary>
static class Check
{
    public static uint Of(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}

/// <summary>Stored records of a zip archive: their checks in both headers.</summary>
static class Zip
{
    public static void Repair(byte[] file)
    {
        for (var at = 0; at + 46 <= file.Length; at++)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at)) != 0x02014B50) continue;
            long size = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 20));
            long local = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 42));
            if (BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at + 10)) != 0 || local + 30 > file.Length) continue;
            var begin = local + 30 + BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan((int)local + 26)) + BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan((int)local + 28));
            if (begin + size > file.Length) continue;
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at + 16), Check.Of(file.AsSpan((int)begin, (int)size)));
        }
    }
}

/// <summary>The checks of a PNG file's chunks.</summary>
static class PngChecks
{
    public static void Repair(byte[] file)
    {
        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - 12) return;
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at + 8 + (int)length), Check.Of(file.AsSpan(at + 4, 4 + (int)length)));
            at += 12 + (int)length;
        }
    }
}

/// <summary>The two checks of a record of an event file.</summary>
static class Events
{
    public static void Repair(byte[] file)
    {
        for (var at = 0; at + 16 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at + 8), Masked(file.AsSpan(at, 8)));
            if (length > (ulong)(file.Length - at - 16)) return;
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at + 12 + (int)length), Masked(file.AsSpan(at + 12, (int)length)));
            at += 16 + (int)length;
        }
    }

    static uint Masked(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data) crc = BitOperations.Crc32C(crc, b);
        return BitOperations.RotateRight(~crc, 15) + 0xA282EAD8;
    }
}
