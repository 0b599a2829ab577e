using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Strata.Kernels;

/// <summary>Transposition of one band of a matrix, tile by tile.</summary>
internal static unsafe class TransposedTiles
{
    /// <summary>Rows and columns of a tile: 16 elements of 4 bytes are one cache line.</summary>
    const int Side = 16;

    const int Long = 512; // rows or columns that are walked at a time where the other side has fewer than a tile

    /// <summary>How many rows to give to <see cref="Band"/> at a time, for so many columns.</summary>
    public static int BandRows(long columns) => columns < Side ? Long : Side;

    /// <summary>target[i·rowStride + j·columnStride] = source[i + j·stride] for i below <paramref name="rows"/> (at most
    /// <see cref="BandRows"/>) and j below <paramref name="columns"/>.</summary>
    public static void Band<T>(T* source, long stride, T* target, long rowStride, long columnStride, long rows, long columns)
        where T : unmanaged
    {
        var vectorized = Avx.IsSupported && Simd.Level >= SimdLevel.Vector256 && rows == Side && columnStride == 1 && sizeof(T) >= 4;
        var step = rows < Side ? Long : Side;
        for (var j = 0L; j < columns; j += step)
        {
            var width = Math.Min(columns - j, step);
            var p = source + (j * stride);
            var q = target + (j * columnStride);
            if (vectorized && width == Side) Tile(p, stride, q, rowStride);
            else if (rows > width)
                for (var l = 0L; l < width; l++) Line(p + (l * stride), 1, q + (l * columnStride), rowStride, rows);
            else
                for (var i = 0L; i < rows; i++) Line(p + i, stride, q + (i * rowStride), columnStride, width);
        }
    }

    static void Line<T>(T* p, long s, T* q, long t, long n)
        where T : unmanaged
    {
        for (; n > 0; n--, p += s, q += t) *q = *p;
    }

    // The source's columns outside: then the target, whose lines cost more, is written in order.
    static void Tile<T>(T* p, long s, T* q, long t)
        where T : unmanaged
    {
        if (sizeof(T) == 4)
        {
            for (var a = 0; a < Side; a += 8)
                for (var b = 0; b < Side; b += 8) Eight((float*)(p + a + (b * s)), s, (float*)(q + (a * t) + b), t);
        }
        else
        {
            for (var a = 0; a < Side; a += 4)
                for (var b = 0; b < Side; b += 4) Four((double*)(p + a + (b * s)), s, (double*)(q + (a * t) + b), t);
        }
    }

    static void Eight(float* p, long s, float* q, long t)
    {
        var (r0, r1, r2, r3) = (Avx.LoadVector256(p), Avx.LoadVector256(p + s), Avx.LoadVector256(p + (2 * s)), Avx.LoadVector256(p + (3 * s)));
        var (r4, r5, r6, r7) = (Avx.LoadVector256(p + (4 * s)), Avx.LoadVector256(p + (5 * s)), Avx.LoadVector256(p + (6 * s)), Avx.LoadVector256(p + (7 * s)));
        var (a0, a1, a2, a3) = (Avx.UnpackLow(r0, r1), Avx.UnpackHigh(r0, r1), Avx.UnpackLow(r2, r3), Avx.UnpackHigh(r2, r3));
        var (a4, a5, a6, a7) = (Avx.UnpackLow(r4, r5), Avx.UnpackHigh(r4, r5), Avx.UnpackLow(r6, r7), Avx.UnpackHigh(r6, r7));
        var (b0, b1, b2, b3) = (Avx.Shuffle(a0, a2, 0x44), Avx.Shuffle(a0, a2, 0xEE), Avx.Shuffle(a1, a3, 0x44), Avx.Shuffle(a1, a3, 0xEE));
        var (b4, b5, b6, b7) = (Avx.Shuffle(a4, a6, 0x44), Avx.Shuffle(a4, a6, 0xEE), Avx.Shuffle(a5, a7, 0x44), Avx.Shuffle(a5, a7, 0xEE));
        Avx.Permute2x128(b0, b4, 0x20).Store(q);
        Avx.Permute2x128(b1, b5, 0x20).Store(q + t);
        Avx.Permute2x128(b2, b6, 0x20).Store(q + (2 * t));
        Avx.Permute2x128(b3, b7, 0x20).Store(q + (3 * t));
        Avx.Permute2x128(b0, b4, 0x31).Store(q + (4 * t));
        Avx.Permute2x128(b1, b5, 0x31).Store(q + (5 * t));
        Avx.Permute2x128(b2, b6, 0x31).Store(q + (6 * t));
        Avx.Permute2x128(b3, b7, 0x31).Store(q + (7 * t));
    }

    static void Four(double* p, long s, double* q, long t)
    {
        var (r0, r1, r2, r3) = (Avx.LoadVector256(p), Avx.LoadVector256(p + s), Avx.LoadVector256(p + (2 * s)), Avx.LoadVector256(p + (3 * s)));
        var (a0, a1, a2, a3) = (Avx.UnpackLow(r0, r1), Avx.UnpackHigh(r0, r1), Avx.UnpackLow(r2, r3), Avx.UnpackHigh(r2, r3));
        Avx.Permute2x128(a0, a2, 0x20).Store(q);
        Avx.Permute2x128(a1, a3, 0x20).Store(q + t);
        Avx.Permute2x128(a0, a2, 0x31).Store(q + (2 * t));
        Avx.Permute2x128(a1, a3, 0x31).Store(q + (3 * t));
    }
}
