using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Strata.Formats.Images;

/// <summary>Rows of a component with fewer samples, interpolated with the weights 3/4 and 1/4, as the Independent JPEG Group's decoder does by default.
/// Rounding alternates, so that errors do not add up.</summary>
static class JpegUpsampling
{
    /// <summary>Twice as many columns: from [n] to [2n].</summary>
    /// <param name="from">The row.</param>
    /// <param name="padded">Room for n + 2 numbers.</param>
    /// <param name="to">The wider row.</param>
    public static void Wide(ReadOnlySpan<byte> from, Span<ushort> padded, Span<byte> to)
    {
        for (var x = 0; x < from.Length; x++) padded[x + 1] = from[x];
        Widen(Closed(padded[..(from.Length + 2)]), to, 1, 2, 2);
    }

    /// <summary>Twice as many rows: one between two, nearer to the first.</summary>
    /// <param name="near">The nearer row.</param>
    /// <param name="far">The other.</param>
    /// <param name="round">1 or 2, what is added before the division by 4.</param>
    /// <param name="to">The row.</param>
    public static void High(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, int round, Span<byte> to)
    {
        var x = 0;
        var half = Vector128.Create((ushort)round);
        for (; x + 16 <= near.Length; x += 16)
        {
            var (a, b) = (Vector128.Create(near[x..]), Vector128.Create(far[x..]));
            Vector128.Narrow((Threefold(Vector128.WidenLower(a)) + Vector128.WidenLower(b) + half) >> 2, (Threefold(Vector128.WidenUpper(a)) + Vector128.WidenUpper(b) + half) >> 2)
                .CopyTo(to[x..]);
        }

        for (; x < near.Length; x++) to[x] = (byte)(((3 * near[x]) + far[x] + round) >> 2);
    }

    /// <summary>Twice as many columns and rows: the row between two, nearer to the first; from [n] to [2n].</summary>
    /// <param name="near">The nearer row.</param>
    /// <param name="far">The other.</param>
    /// <param name="padded">Room for n + 2 numbers.</param>
    /// <param name="to">The wider row.</param>
    public static void WideAndHigh(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, Span<ushort> padded, Span<byte> to)
    {
        var sums = padded.Slice(1, near.Length);
        var x = 0;
        for (; x + 16 <= near.Length; x += 16)
        {
            var (a, b) = (Vector128.Create(near[x..]), Vector128.Create(far[x..]));
            (Threefold(Vector128.WidenLower(a)) + Vector128.WidenLower(b)).CopyTo(sums[x..]);
            (Threefold(Vector128.WidenUpper(a)) + Vector128.WidenUpper(b)).CopyTo(sums[(x + 8)..]);
        }

        for (; x < near.Length; x++) sums[x] = (ushort)((3 * near[x]) + far[x]);
        Widen(Closed(padded[..(near.Length + 2)]), to, 8, 7, 4);
    }

    // Beyond the ends the ends go on.
    static ReadOnlySpan<ushort> Closed(Span<ushort> padded)
    {
        (padded[0], padded[^1]) = (padded[1], padded[^2]);
        return padded;
    }

    /// <summary>Of each number s with its neighbors two: (3s + before + even) >> shift and (3s + after + odd) >> shift.</summary>
    static void Widen(ReadOnlySpan<ushort> padded, Span<byte> to, int even, int odd, int shift)
    {
        var n = padded.Length - 2;
        var x = 0;
        var (evens, odds) = (Vector256.Create((ushort)even), Vector256.Create((ushort)odd));
        var pairs = MemoryMarshal.Cast<byte, ushort>(to[..(2 * n)]);
        for (; BitConverter.IsLittleEndian && x + 16 <= n; x += 16)
        {
            var middle = Threefold(Vector256.Create(padded[(x + 1)..]));
            var first = (middle + Vector256.Create(padded[x..]) + evens) >> shift;
            var second = (middle + Vector256.Create(padded[(x + 2)..]) + odds) >> shift;
            (first | (second << 8)).CopyTo(pairs[x..]);
        }

        for (; x < n; x++)
        {
            var middle = 3 * padded[x + 1];
            to[2 * x] = (byte)((middle + padded[x] + even) >> shift);
            to[(2 * x) + 1] = (byte)((middle + padded[x + 2] + odd) >> shift);
        }
    }

    static Vector128<ushort> Threefold(Vector128<ushort> x) => x + x + x;

    static Vector256<ushort> Threefold(Vector256<ushort> x) => x + x + x;
}
