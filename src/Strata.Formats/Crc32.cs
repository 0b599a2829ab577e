using System.Buffers.Binary;

namespace Strata.Formats;

/// <summary>The cyclic redundancy check of PNG, zip and gzip (ISO 3309, reflected polynomial EDB88320).</summary>
static class Crc32
{
    // The check of each byte with so many zero bytes after it: eight bytes then are eight looks that do not wait for each other (Kounavis and Berry 2005).
    static readonly uint[][] tables = MakeTables();

    /// <summary>The check of <paramref name="data"/>, or of more data whose first part has the check <paramref name="crc"/>.</summary>
    public static uint Of(ReadOnlySpan<byte> data, uint crc = 0)
    {
        crc = ~crc;
        var (t0, t1, t2, t3, t4, t5, t6, t7) = (tables[0], tables[1], tables[2], tables[3], tables[4], tables[5], tables[6], tables[7]);
        for (; data.Length >= 8; data = data[8..])
        {
            var (low, high) = (BinaryPrimitives.ReadUInt32LittleEndian(data) ^ crc, BinaryPrimitives.ReadUInt32LittleEndian(data[4..]));
            crc = t7[(byte)low] ^ t6[(byte)(low >> 8)] ^ t5[(byte)(low >> 16)] ^ t4[low >> 24] ^ t3[(byte)high] ^ t2[(byte)(high >> 8)] ^ t1[(byte)(high >> 16)] ^ t0[high >> 24];
        }

        foreach (var b in data) crc = t0[(byte)(crc ^ b)] ^ (crc >> 8);
        return ~crc;
    }

    static uint[][] MakeTables()
    {
        var tables = new uint[8][];
        tables[0] = new uint[256];
        for (var n = 0u; n < 256; n++)
        {
            var c = n;
            for (var bit = 0; bit < 8; bit++) c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            tables[0][n] = c;
        }

        for (var zeros = 1; zeros < 8; zeros++) tables[zeros] = Array.ConvertAll(tables[zeros - 1], c => tables[0][(byte)c] ^ (c >> 8));
        return tables;
    }
}
