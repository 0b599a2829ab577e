using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Strata.Formats.Images;

/// <summary>The inverse cosine transform of 8×8 blocks: the algorithm of Loeffler, Ligtenberg and Moschytz (1989) with 11 multiplications in 13-bit
/// fixed point, columns first and two more bits kept in between, so that results equal those of the Independent JPEG Group's accurate transform to the bit.</summary>
static class JpegTransform
{
    const int Bits = 13, Kept = 2;

    /// <summary>Coefficients of a block in natural order to samples.</summary>
    /// <param name="block">64 coefficients.</param>
    /// <param name="quantization">What each is multiplied by.</param>
    /// <param name="to">Where the first of eight rows goes.</param>
    /// <param name="stride">From a row to the next.</param>
    public static void Inverse(ReadOnlySpan<short> block, ReadOnlySpan<ushort> quantization, Span<byte> to, int stride)
    {
        if (!Avx2.IsSupported || block.Length < 64 || quantization.Length < 64 || to.Length < (7 * stride) + 8) InversePortable(block, quantization, to, stride);
        else JpegTransformAvx2.Inverse(block, quantization, ref MemoryMarshal.GetReference(to), stride);
    }

    internal static void InversePortable(ReadOnlySpan<short> block, ReadOnlySpan<ushort> quantization, Span<byte> to, int stride)
    {
        ref var q = ref MemoryMarshal.GetReference(quantization);
        ref var b = ref MemoryMarshal.GetReference(block);
        var r0 = Row(ref b, ref q, 0);
        var r1 = Row(ref b, ref q, 8);
        var r2 = Row(ref b, ref q, 16);
        var r3 = Row(ref b, ref q, 24);
        var r4 = Row(ref b, ref q, 32);
        var r5 = Row(ref b, ref q, 40);
        var r6 = Row(ref b, ref q, 48);
        var r7 = Row(ref b, ref q, 56);
        Pass(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7, Bits - Kept);
        Transpose(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7);
        Pass(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7, Bits + Kept + 3);
        Transpose(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7);
        Store(r0, to);
        Store(r1, to[stride..]);
        Store(r2, to[(2 * stride)..]);
        Store(r3, to[(3 * stride)..]);
        Store(r4, to[(4 * stride)..]);
        Store(r5, to[(5 * stride)..]);
        Store(r6, to[(6 * stride)..]);
        Store(r7, to[(7 * stride)..]);
    }

    /// <summary>The block of a constant.</summary>
    public static void InverseDc(int coefficient, int quantization, Span<byte> to, int stride)
    {
        var sample = (byte)Math.Clamp((((coefficient * quantization) + 4) >> 3) + 128, 0, 255);
        for (var y = 0; y < 8; y++) to.Slice(y * stride, 8).Fill(sample);
    }

    static Vector256<int> Row(ref short block, ref ushort quantization, nuint at)
    {
        var x = Vector256.Create(Vector128.WidenLower(Vector128.LoadUnsafe(ref block, at)), Vector128.WidenUpper(Vector128.LoadUnsafe(ref block, at)));
        var q = Vector256.Create(
            Vector128.WidenLower(Vector128.LoadUnsafe(ref quantization, at)).AsInt32(), Vector128.WidenUpper(Vector128.LoadUnsafe(ref quantization, at)).AsInt32());
        return x * q;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Pass(
        ref Vector256<int> r0, ref Vector256<int> r1, ref Vector256<int> r2, ref Vector256<int> r3,
        ref Vector256<int> r4, ref Vector256<int> r5, ref Vector256<int> r6, ref Vector256<int> r7, int shift)
    {
        // Even part: a rotation by √2·cos(3π/8) and a butterfly.
        var z = (r2 + r6) * 4433; // 0.541196100
        var t2 = z - (r6 * 15137); // 1.847759065
        var t3 = z + (r2 * 6270); // 0.765366865
        var t0 = (r0 + r4) << Bits;
        var t1 = (r0 - r4) << Bits;
        var e0 = t0 + t3;
        var e3 = t0 - t3;
        var e1 = t1 + t2;
        var e2 = t1 - t2;

        // Odd part.
        var z1 = r7 + r1;
        var z2 = r5 + r3;
        var z3 = r7 + r3;
        var z4 = r5 + r1;
        var z5 = (z3 + z4) * 9633; // 1.175875602
        z1 *= -7373; // 0.899976223
        z2 *= -20995; // 2.562915447
        z3 = (z3 * -16069) + z5; // 1.961570560
        z4 = (z4 * -3196) + z5; // 0.390180644
        var o0 = (r7 * 2446) + z1 + z3; // 0.298631336
        var o1 = (r5 * 16819) + z2 + z4; // 2.053119869
        var o2 = (r3 * 25172) + z2 + z3; // 3.072711026
        var o3 = (r1 * 12299) + z1 + z4; // 1.501321110

        var half = Vector256.Create(1 << (shift - 1));
        e0 += half;
        e1 += half;
        e2 += half;
        e3 += half;
        r0 = (e0 + o3) >> shift;
        r7 = (e0 - o3) >> shift;
        r1 = (e1 + o2) >> shift;
        r6 = (e1 - o2) >> shift;
        r2 = (e2 + o1) >> shift;
        r5 = (e2 - o1) >> shift;
        r3 = (e3 + o0) >> shift;
        r4 = (e3 - o0) >> shift;
    }

    static void Transpose(
        ref Vector256<int> r0, ref Vector256<int> r1, ref Vector256<int> r2, ref Vector256<int> r3,
        ref Vector256<int> r4, ref Vector256<int> r5, ref Vector256<int> r6, ref Vector256<int> r7)
    {
        Span<int> from = stackalloc int[64], to = stackalloc int[64];
        r0.CopyTo(from);
        r1.CopyTo(from[8..]);
        r2.CopyTo(from[16..]);
        r3.CopyTo(from[24..]);
        r4.CopyTo(from[32..]);
        r5.CopyTo(from[40..]);
        r6.CopyTo(from[48..]);
        r7.CopyTo(from[56..]);
        for (var i = 0; i < 64; i++) to[i] = from[(i % 8 * 8) + (i / 8)];
        r0 = Vector256.Create<int>(to);
        r1 = Vector256.Create<int>(to[8..]);
        r2 = Vector256.Create<int>(to[16..]);
        r3 = Vector256.Create<int>(to[24..]);
        r4 = Vector256.Create<int>(to[32..]);
        r5 = Vector256.Create<int>(to[40..]);
        r6 = Vector256.Create<int>(to[48..]);
        r7 = Vector256.Create<int>(to[56..]);
    }

    /// <summary>Eight numbers around 0 as eight samples around 128.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(Vector256<int> row, Span<byte> to)
    {
        row = Vector256.Min(Vector256.Max(row + Vector256.Create(128), Vector256<int>.Zero), Vector256.Create(255));
        var words = Vector128.Narrow(row.GetLower().AsUInt32(), row.GetUpper().AsUInt32());
        MemoryMarshal.Write(to[..8], Vector128.Narrow(words, words).AsUInt64().ToScalar());
    }
}
