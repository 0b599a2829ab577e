namespace Strata.Formats;

/// <summary>The cyclic redundancy check of PNG, zip and gzip (ISO 3309, reflected polynomial EDB88320).</summary>
static class Crc32
{
    static readonly uint[] table = MakeTable();

    /// <summary>The check of <paramref name="data"/>, or of more data whose first part has the check <paramref name="crc"/>.</summary>
    public static uint Of(ReadOnlySpan<byte> data, uint crc = 0)
    {
        crc = ~crc;
        foreach (var b in data) crc = table[(byte)(crc ^ b)] ^ (crc >> 8);
        return ~crc;
    }

    static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var n = 0u; n < 256; n++)
        {
            var c = n;
            for (var bit = 0; bit < 8; bit++) c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            table[n] = c;
        }

        return table;
    }
}
