using System.Runtime.CompilerServices;

namespace Strata.Kernels.Vectors;

/// <summary>Masks as bools in memory.</summary>
internal static unsafe class Masks
{
    /// <summary>Spreads the lowest <paramref name="count"/> bits (one a lane) to bytes of 0 or 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ulong bits, byte* p, int count)
    {
        for (; count >= 8; count -= 8, bits >>= 8, p += 8)
        {
            // Bit i of a byte, moved to byte i: copy the byte eight times, keep one bit in each, carry it to the top bit, bring that down.
            var one = (bits & 0xFF) * 0x0101010101010101 & 0x8040201008040201;
            *(ulong*)p = one + 0x7F7F7F7F7F7F7F7F >> 7 & 0x0101010101010101;
        }

        for (; count > 0; count--, bits >>= 1) *p++ = (byte)(bits & 1);
    }
}
