using System.Buffers.Binary;
using System.Numerics;

namespace Strata.Bench.Formats;

/// <summary>The two checks of a record of an event file.</summary>
static class EventRepair
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
