using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Strata.Formats.Images;

/// <summary>Rows of components as rows of RGB pixels.</summary>
static class JpegColors
{
    // Where the bytes of sixteen reds (greens, blues) go in three vectors of pixels; 255: not here.
    static readonly Vector128<byte>[] places = [.. Enumerable.Range(0, 9).Select(i => Places(i / 3, i % 3))];

    public static void FromRgb(byte[][] rows, int width, Span<byte> to)
    {
        for (int x = 0, o = 0; x < width; x++, o += 3) (to[o], to[o + 1], to[o + 2]) = (rows[0][x], rows[1][x], rows[2][x]);
    }

    /// <summary>R = Y + 1.402 Cr, G = Y − 0.344136 Cb − 0.714136 Cr, B = Y + 1.772 Cb (JFIF; ITU-R BT.601) in 16-bit fixed point.</summary>
    public static void FromYCbCr(byte[][] rows, int width, Span<byte> to)
    {
        ReadOnlySpan<byte> ys = rows[0].AsSpan(0, width), cbs = rows[1].AsSpan(0, width), crs = rows[2].AsSpan(0, width);
        to = to[..(3 * width)];
        var done = Avx2.IsSupported ? Sixteens(ys, cbs, crs, to) : 0;
        for (int x = done, o = 3 * done; x < ys.Length && o + 2 < to.Length; x++, o += 3)
        {
            var (y, cb, cr) = (ys[x], cbs[x] - 128, crs[x] - 128);
            to[o] = Clamp(y + (((91881 * cr) + 32768) >> 16));
            to[o + 1] = Clamp(y + (((-22554 * cb) - (46802 * cr) + 32768) >> 16));
            to[o + 2] = Clamp(y + (((116130 * cb) + 32768) >> 16));
        }
    }

    /// <summary>R = (1 − C)(1 − K) and so on. Files hold 1 − C, as Adobe's programs began to write them; with transform 2, Y, Cb, Cr of C.</summary>
    public static void FromCmyk(byte[][] rows, int width, int? adobeTransform, Span<byte> to)
    {
        if (adobeTransform == 2) FromYCbCr(rows, width, to);
        for (int x = 0, o = 0; x < width; x++)
            for (var c = 0; c < 3; c++, o++) to[o] = Product(adobeTransform == 2 ? 255 - to[o] : rows[c][x], rows[3][x]);
    }

    /// <summary>Sixteen pixels at a time, in 16-bit numbers. Whole multiples of 2¹⁶ are taken out of the factors, so that the rest fits: 91881 = 2¹⁶ + 26345,
    /// 116130 = 2·2¹⁶ − 14942, 46802 = 2¹⁶ − 18734; and (a·b + 2¹⁵) >> 16 = (((2a·b) >> 16) + 1) >> 1.</summary>
    /// <returns>How many were done.</returns>
    static int Sixteens(ReadOnlySpan<byte> ys, ReadOnlySpan<byte> cbs, ReadOnlySpan<byte> crs, Span<byte> to)
    {
        ref byte py = ref MemoryMarshal.GetReference(ys), pcb = ref MemoryMarshal.GetReference(cbs), pcr = ref MemoryMarshal.GetReference(crs), p = ref MemoryMarshal.GetReference(to);
        var (zero, one, half) = (Vector256.Create((short)128), Vector256<short>.One, Vector256.Create(1 << 15));
        var greens = Vector256.Create((18734 << 16) | (-22554 & 0xFFFF)).AsInt16(); // of Cb and Cr by turns
        var (r0, g0, b0, r1, g1, b1, r2, g2, b2) = (places[0], places[1], places[2], places[3], places[4], places[5], places[6], places[7], places[8]);
        var x = 0;
        for (; x + 16 <= ys.Length; x += 16)
        {
            var y = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref py, (nuint)x));
            var cb = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref pcb, (nuint)x)) - zero;
            var cr = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref pcr, (nuint)x)) - zero;
            var red = y + cr + ((Avx2.MultiplyHigh(cr + cr, Vector256.Create((short)26345)) + one) >> 1);
            var blue = y + cb + cb + ((Avx2.MultiplyHigh(cb + cb, Vector256.Create((short)-14942)) + one) >> 1);
            var low = (Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(cb, cr), greens) + half) >> 16;
            var high = (Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(cb, cr), greens) + half) >> 16;
            var green = y - cr + Avx2.PackSignedSaturate(low, high);

            var (r, g, b) = (Bytes(red), Bytes(green), Bytes(blue));
            ref var o = ref Unsafe.Add(ref p, 3 * x);
            (Ssse3.Shuffle(r, r0) | Ssse3.Shuffle(g, g0) | Ssse3.Shuffle(b, b0)).StoreUnsafe(ref o);
            (Ssse3.Shuffle(r, r1) | Ssse3.Shuffle(g, g1) | Ssse3.Shuffle(b, b1)).StoreUnsafe(ref o, 16);
            (Ssse3.Shuffle(r, r2) | Ssse3.Shuffle(g, g2) | Ssse3.Shuffle(b, b2)).StoreUnsafe(ref o, 32);
        }

        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<byte> Bytes(Vector256<short> x) => Sse2.PackUnsignedSaturate(x.GetLower(), x.GetUpper());

    static Vector128<byte> Places(int part, int color)
    {
        Span<byte> places = stackalloc byte[16];
        for (var i = 0; i < 16; i++)
        {
            var at = (16 * part) + i; // byte of the 48
            places[i] = (byte)(at % 3 == color ? at / 3 : 255);
        }

        return Vector128.Create<byte>(places);
    }

    static byte Product(int a, int b) => (byte)(((a * b) + 127) / 255);

    static byte Clamp(int value) => (uint)value <= 255 ? (byte)value : (byte)(~value >> 31);
}
