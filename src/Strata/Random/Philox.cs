namespace Strata.Random;

/// <summary>Philox4x32-10, a counter-based generator (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011): four 32-bit
/// words as a function of a 128-bit counter and a 64-bit key.</summary>
internal static class Philox
{
    const uint M0 = 0xD2511F53, M1 = 0xCD9E8D57; // multipliers
    const uint W0 = 0x9E3779B9, W1 = 0xBB67AE85; // Weyl constants of the key schedule

    /// <summary>The block of four words with the number <paramref name="block"/> in the sequence of <paramref name="key"/>.</summary>
    public static (uint X0, uint X1, uint X2, uint X3) Block(RandomKey key, ulong block) =>
        Block((uint)block, (uint)(block >> 32), (uint)key.Draw, (uint)(key.Draw >> 32), (uint)key.Key, (uint)(key.Key >> 32));

    /// <summary>The four words for a counter and a key given word by word.</summary>
    public static (uint X0, uint X1, uint X2, uint X3) Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (var round = 0; round < 10; round++)
        {
            var p0 = (ulong)M0 * c0;
            var p1 = (ulong)M1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += W0;
            k1 += W1;
        }

        return (c0, c1, c2, c3);
    }

    /// <summary>64 bits as a function of a key: element <paramref name="index"/> of its sequence of 64-bit words.</summary>
    public static ulong Word64(RandomKey key, ulong index)
    {
        var (a, b, c, d) = Block(key, index >> 1);
        return (index & 1) == 0 ? a | (ulong)b << 32 : c | (ulong)d << 32;
    }

    /// <summary>A float in [0, 1), a multiple of 2⁻²⁴, from 32 bits.</summary>
    public static float Unit(uint bits) => (bits >> 8) * (1f / (1 << 24));

    /// <summary>A double in [0, 1), a multiple of 2⁻⁵³, from 64 bits.</summary>
    public static double Unit(ulong bits) => (bits >> 11) * (1.0 / (1L << 53));
}
