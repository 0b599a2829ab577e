using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Strata.Formats.Images;

/// <summary>The transform of <see cref="JpegTransform"/> in 16-bit numbers: each sum a·x + b·y of two rows is one instruction that multiplies pairs and adds them. Sums of
/// coefficients that no encoder makes overflow as in libjpeg-turbo, which computes so, too.</summary>
static class JpegTransformAvx2
{
    const int Bits = 13, Kept = 2;

    /// <summary>Coefficients of a block in natural order to samples.</summary>
    public static void Inverse(ReadOnlySpan<short> block, ReadOnlySpan<ushort> quantization, ref byte to, nint stride)
    {
        ref var q = ref Unsafe.As<ushort, short>(ref MemoryMarshal.GetReference(quantization));
        ref var b = ref MemoryMarshal.GetReference(block);
        var r0 = Vector128.LoadUnsafe(ref b) * Vector128.LoadUnsafe(ref q);
        var r1 = Vector128.LoadUnsafe(ref b, 8) * Vector128.LoadUnsafe(ref q, 8);
        var r2 = Vector128.LoadUnsafe(ref b, 16) * Vector128.LoadUnsafe(ref q, 16);
        var r3 = Vector128.LoadUnsafe(ref b, 24) * Vector128.LoadUnsafe(ref q, 24);
        var r4 = Vector128.LoadUnsafe(ref b, 32) * Vector128.LoadUnsafe(ref q, 32);
        var r5 = Vector128.LoadUnsafe(ref b, 40) * Vector128.LoadUnsafe(ref q, 40);
        var r6 = Vector128.LoadUnsafe(ref b, 48) * Vector128.LoadUnsafe(ref q, 48);
        var r7 = Vector128.LoadUnsafe(ref b, 56) * Vector128.LoadUnsafe(ref q, 56);

        // Columns, then rows; of each pass come two rows in a vector.
        Pass(r0, r1, r2, r3, r4, r5, r6, r7, Bits - Kept, out var a, out var c, out var d, out var e);
        Transpose(a, c, d, e, out r0, out r1, out r2, out r3, out r4, out r5, out r6, out r7);
        Pass(r0, r1, r2, r3, r4, r5, r6, r7, Bits + Kept + 3, out a, out c, out d, out e);

        // Bytes around 128, [rows of 0, 2 | 1, 3] and so on, each of eight; then turned so that a row's eight stand together.
        var middle = Vector256.Create((sbyte)-128).AsByte();
        var even = Avx2.PackSignedSaturate(a, c).AsByte() ^ middle; // columns 0, 2 | 1, 3
        var odd = Avx2.PackSignedSaturate(d, e).AsByte() ^ middle; // columns 4, 6 | 5, 7
        Store(even, odd, ref to, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Pass(
        Vector128<short> r0, Vector128<short> r1, Vector128<short> r2, Vector128<short> r3, Vector128<short> r4, Vector128<short> r5, Vector128<short> r6, Vector128<short> r7,
        int shift, out Vector256<short> r01, out Vector256<short> r23, out Vector256<short> r45, out Vector256<short> r67)
    {
        var half = Vector256.Create(1 << (shift - 1));
        var p04 = Pairs(r0, r4);
        var p26 = Pairs(r2, r6);
        var t0 = Sum(p04, 8192, 8192) + half;
        var t1 = Sum(p04, 8192, -8192) + half;
        var t2 = Sum(p26, 4433, -10704);
        var t3 = Sum(p26, 10703, 4433);
        var e0 = t0 + t3;
        var e3 = t0 - t3;
        var e1 = t1 + t2;
        var e2 = t1 - t2;

        var z = Pairs(r7 + r3, r5 + r1);
        var z3 = Sum(z, -6436, 9633);
        var z4 = Sum(z, 9633, 6437);
        var p71 = Pairs(r7, r1);
        var p53 = Pairs(r5, r3);
        var o0 = Sum(p71, -4927, -7373) + z3;
        var o3 = Sum(p71, -7373, 4926) + z4;
        var o1 = Sum(p53, -4176, -20995) + z4;
        var o2 = Sum(p53, -20995, 4177) + z3;

        // In each half four columns of the one row and four of the other.
        r01 = Avx2.PackSignedSaturate((e0 + o3) >> shift, (e1 + o2) >> shift);
        r23 = Avx2.PackSignedSaturate((e2 + o1) >> shift, (e3 + o0) >> shift);
        r45 = Avx2.PackSignedSaturate((e3 - o0) >> shift, (e2 - o1) >> shift);
        r67 = Avx2.PackSignedSaturate((e1 - o2) >> shift, (e0 - o3) >> shift);
        (r01, r23) = (Whole(r01), Whole(r23));
        (r45, r67) = (Whole(r45), Whole(r67));
    }

    // [x of the row a, x of the row b] for eight columns x.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<short> Pairs(Vector128<short> a, Vector128<short> b) => Vector256.Create(Sse2.UnpackLow(a, b), Sse2.UnpackHigh(a, b));

    // The factors of a pair: a·x + b·y for eight columns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<int> Sum(Vector256<short> pairs, short a, short b) => Avx2.MultiplyAddAdjacent(pairs, Vector256.Create((b << 16) | (ushort)a).AsInt16());

    // [a 0–3, b 0–3 | a 4–7, b 4–7] → [a | b].
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<short> Whole(Vector256<short> halves) => Avx2.Permute4x64(halves.AsInt64(), 0b11_01_10_00).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Transpose(
        Vector256<short> r01, Vector256<short> r23, Vector256<short> r45, Vector256<short> r67,
        out Vector128<short> c0, out Vector128<short> c1, out Vector128<short> c2, out Vector128<short> c3, out Vector128<short> c4, out Vector128<short> c5, out Vector128<short> c6, out Vector128<short> c7)
    {
        // Rows 0, 2, 4, 6 below 1, 3, 5, 7: [x of 0, x of 2, …], and so on.
        var a = Avx2.UnpackLow(r01, r23); // 0, 2 of columns 0–3 | 1, 3
        var b = Avx2.UnpackHigh(r01, r23); // columns 4–7
        var c = Avx2.UnpackLow(r45, r67); // 4, 6 | 5, 7
        var d = Avx2.UnpackHigh(r45, r67);
        var e = Avx2.UnpackLow(a.AsInt32(), c.AsInt32()); // 0, 2, 4, 6 of columns 0, 1 | 1, 3, 5, 7
        var f = Avx2.UnpackHigh(a.AsInt32(), c.AsInt32()); // columns 2, 3
        var g = Avx2.UnpackLow(b.AsInt32(), d.AsInt32()); // columns 4, 5
        var h = Avx2.UnpackHigh(b.AsInt32(), d.AsInt32()); // columns 6, 7
        (c0, c1) = Columns(e);
        (c2, c3) = Columns(f);
        (c4, c5) = Columns(g);
        (c6, c7) = Columns(h);
    }

    // [even rows of x, of x + 1 | odd rows of x, of x + 1] → the columns x and x + 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (Vector128<short>, Vector128<short>) Columns(Vector256<int> rows)
    {
        var (even, odd) = (rows.GetLower().AsInt16(), rows.GetUpper().AsInt16());
        return (Sse2.UnpackLow(even, odd), Sse2.UnpackHigh(even, odd));
    }

    // even: columns 0, 2 | 1, 3; odd: 4, 6 | 5, 7, each of eight rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(Vector256<byte> even, Vector256<byte> odd, ref byte to, nint stride)
    {
        // By turns: columns 0, 1 of each row (in the upper half of the pair 2, 3), and 4, 5 (6, 7).
        var a = Sse2.UnpackLow(even.GetLower(), even.GetUpper()); // 0, 1 of rows 0–7
        var b = Sse2.UnpackHigh(even.GetLower(), even.GetUpper()); // 2, 3
        var c = Sse2.UnpackLow(odd.GetLower(), odd.GetUpper()); // 4, 5
        var d = Sse2.UnpackHigh(odd.GetLower(), odd.GetUpper()); // 6, 7
        var e = Sse2.UnpackLow(a.AsInt16(), b.AsInt16()); // 0–3 of rows 0–3
        var f = Sse2.UnpackHigh(a.AsInt16(), b.AsInt16()); // rows 4–7
        var g = Sse2.UnpackLow(c.AsInt16(), d.AsInt16()); // 4–7 of rows 0–3
        var h = Sse2.UnpackHigh(c.AsInt16(), d.AsInt16());
        Two(Sse2.UnpackLow(e.AsInt32(), g.AsInt32()), ref to, stride);
        Two(Sse2.UnpackHigh(e.AsInt32(), g.AsInt32()), ref Unsafe.Add(ref to, 2 * stride), stride);
        Two(Sse2.UnpackLow(f.AsInt32(), h.AsInt32()), ref Unsafe.Add(ref to, 4 * stride), stride);
        Two(Sse2.UnpackHigh(f.AsInt32(), h.AsInt32()), ref Unsafe.Add(ref to, 6 * stride), stride);

        static void Two(Vector128<int> rows, ref byte to, nint stride)
        {
            Unsafe.WriteUnaligned(ref to, rows.AsInt64().ToScalar());
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, stride), rows.AsInt64().GetElement(1));
        }
    }
}
