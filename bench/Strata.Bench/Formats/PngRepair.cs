using System.Buffers.Binary;

namespace Strata.Bench.Formats;

/// <summary>The checks of a PNG file's chunks.</summary>
static class PngRepair
{
    public static void Repair(byte[] file)
    {
        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - 12) return;
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at + 8 + (int)length), Crc.Of(file.AsSpan(at + 4, 4 + (int)length)));
            at += 12 + (int)length;
        }
    }
}
