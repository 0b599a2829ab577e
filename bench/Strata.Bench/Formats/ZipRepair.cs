using System.Buffers.Binary;

namespace Strata.Bench.Formats;

/// <summary>Stored records of a zip archive: their checks in both headers.</summary>
static class ZipRepair
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
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at + 16), Crc.Of(file.AsSpan((int)begin, (int)size)));
        }
    }
}
