using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Strata.Kernels;

/// <summary>Transposition of one band of a matrix, tile by tile.</summary>
internal static unsafe class TransposedTiles
{
    /// <summary>Rows of a band and of its tiles: 16 elements of 4 bytes are one cache line on the source's side.</summary>
    public const int Side = 16;

    /// <summary>target[i·rowStride + j·columnStride] = source[i + j·stride] for i below <paramref name="rows"/> (at most
    /// <see cref="Side"/>) and j below <paramref name="columns"/>.</summary>
    public static void Band<T>(T* source, long stride, T* target, long rowStride, long columnStride, long rows, long columns)
        where T : unmanaged
    {
        for (var j = 0L; j < columns; j += Side)
        {
            var width = Math.Min(columns - j, Side);
            var p = source + (j * stride);
            var q = target + (j * columnStride);
            if (Avx.IsSupported && Simd.Level >= SimdLevel.Vector256 && rows == Side && width == Side && columnStride == 1 && sizeof(T) >= 4)
            {
                if (sizeof(T) == 4)
                {
                    for (var a = 0; a < Side; a += 8)
                        for (var b = 0; b < Side; b += 8) Eight((float*)(p + a + (b * stride)), stride, (float*)(q + (a * rowStride) + b), rowStride);
                }
                else
                {
                    for (var a = 0; a < Side; a += 4)
                        for (var b = 0; b < Side; b += 4) Four((double*)(p + a + (b * stride)), stride, (double*)(q + (a * rowStride) + b), rowStride);
                }
            }
            else
            {
                for (var i = 0L; i < rows; i++)
                    for (var l = 0L; l < width; l++) q[(i * rowStride) + (l * columnStride)] = p[i + (l * stride)];
            }
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
