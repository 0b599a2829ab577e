using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Strata.Kernels;

/// <summary>One tile of a matrix product, up to <see cref="IVectorOps{TVector, T}.TileRows"/> rows by two vectors, with all of its
/// accumulators in registers: C = relu(C₀ + bias + Σ_s Σ_k a_s(·, k) ⊗ b_s(k, ·)).</summary>
/// <remarks>
/// The number of rows is a type, not a variable: the JIT compiles each height on first use and drops the rows that it lacks, so a
/// matrix of any height is cut into tiles without padding. An element is one chain of multiply-adds in the order of the steps
/// whatever the tile it falls in, so how a product is cut into tiles, and among threads, cannot change a bit of it.
/// At 512 bits 12 × 2 accumulators, 2 vectors of b and 1 of a fill 27 of 32 registers; a step is 24 multiply-adds (12 cycles on two
/// ports) for 14 loads (7 cycles), so the multiplier is the limit. 6 × 2 do the same for 16 registers.
/// Optimized from the first call: in the first tier the locals would live on the stack, some 50 times slower.
/// </remarks>
internal static unsafe class MicroKernel<TOps, TVector, T>
    where TOps : IVectorOps<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRows, TVectors, TAccess>(Tile<T>* tile)
        where TRows : struct, IConstant
        where TVectors : struct, IConstant
        where TAccess : struct, ITileAccess
    {
        var w = TOps.Width;
        var wide = TVectors.Value == 2;
        // c_i and d_i: the first and the second vector of row i.
        TVector c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        TVector c6 = default, c7 = default, c8 = default, c9 = default, c10 = default, c11 = default;
        TVector d0 = default, d1 = default, d2 = default, d3 = default, d4 = default, d5 = default;
        TVector d6 = default, d7 = default, d8 = default, d9 = default, d10 = default, d11 = default;

        if (Sse.IsSupported) // what is written to comes from afar; it has the whole tile's time to arrive
            for (var row = 0; row < TRows.Value; row++)
            {
                Sse.Prefetch0(tile->C + row * tile->CStride);
                if (wide) Sse.Prefetch0(tile->C + row * tile->CStride + w);
            }

        var stride = tile->AStride;
        var step = TAccess.ByRows ? 1 : stride;
        var bStride = tile->BStride;
        var steps = tile->Steps;
        var ahead = 8 * bStride; // b streams from the second-level cache
        for (long segment = 0; segment < tile->Segments; segment++)
        {
            var a = tile->A + tile->AOffsets[segment];
            var b = tile->B + tile->BOffsets[segment];
            var a3 = a + 3 * stride; // rows 3, 6, 9: the others are one or two strides further, which an address can hold
            var a6 = a + 6 * stride;
            var a9 = a + 9 * stride;
            for (var k = steps; k > 0; k--)
            {
                var x = TOps.Load(b);
                var y = wide ? TOps.Load(b + w) : default;
                if (Sse.IsSupported)
                {
                    Sse.Prefetch0(b + ahead);
                    if (wide) Sse.Prefetch0(b + ahead + w);
                }

                {
                    var v = TOps.Broadcast(*a);
                    c0 = TOps.MultiplyAdd(v, x, c0);
                    if (wide) d0 = TOps.MultiplyAdd(v, y, d0);
                }

                if (TRows.Value > 1)
                {
                    var v = TOps.Broadcast(TAccess.ByRows ? a[stride] : a[1]);
                    c1 = TOps.MultiplyAdd(v, x, c1);
                    if (wide) d1 = TOps.MultiplyAdd(v, y, d1);
                }

                if (TRows.Value > 2)
                {
                    var v = TOps.Broadcast(TAccess.ByRows ? a[2 * stride] : a[2]);
                    c2 = TOps.MultiplyAdd(v, x, c2);
                    if (wide) d2 = TOps.MultiplyAdd(v, y, d2);
                }

                if (TRows.Value > 3)
                {
                    var v = TOps.Broadcast(TAccess.ByRows ? *a3 : a[3]);
                    c3 = TOps.MultiplyAdd(v, x, c3);
                    if (wide) d3 = TOps.MultiplyAdd(v, y, d3);
                }

                if (TRows.Value > 4)
                {
                    var v = TOps.Broadcast(TAccess.ByRows ? a3[stride] : a[4]);
                    c4 = TOps.MultiplyAdd(v, x, c4);
                    if (wide) d4 = TOps.MultiplyAdd(v, y, d4);
                }

                if (TRows.Value > 5)
                {
                    var v = TOps.Broadcast(TAccess.ByRows ? a3[2 * stride] : a[5]);
                    c5 = TOps.MultiplyAdd(v, x, c5);
                    if (wide) d5 = TOps.MultiplyAdd(v, y, d5);
                }

                if (TRows.Value > 6)
                {
                    var v = TOps.Broadcast(TAccess.ByRows ? *a6 : a[6]);
                    c6 = TOps.MultiplyAdd(v, x, c6);
                    if (wide) d6 = TOps.MultiplyAdd(v, y, d6);
                }

                if (TRows.Value > 7)
                {
                    var v = TOps.Broadcast(TAccess.ByRows ? a6[stride] : a[7]);
                    c7 = TOps.MultiplyAdd(v, x, c7);
                    if (wide) d7 = TOps.MultiplyAdd(v, y, d7);
                }

                if (TRows.Value > 8)
                {
                    var v = TOps.Broadcast(TAccess.ByRows ? a6[2 * stride] : a[8]);
                    c8 = TOps.MultiplyAdd(v, x, c8);
                    if (wide) d8 = TOps.MultiplyAdd(v, y, d8);
                }

                if (TRows.Value > 9)
                {
                    var v = TOps.Broadcast(TAccess.ByRows ? *a9 : a[9]);
                    c9 = TOps.MultiplyAdd(v, x, c9);
                    if (wide) d9 = TOps.MultiplyAdd(v, y, d9);
                }

                if (TRows.Value > 10)
                {
                    var v = TOps.Broadcast(TAccess.ByRows ? a9[stride] : a[10]);
                    c10 = TOps.MultiplyAdd(v, x, c10);
                    if (wide) d10 = TOps.MultiplyAdd(v, y, d10);
                }

                if (TRows.Value > 11)
                {
                    var v = TOps.Broadcast(TAccess.ByRows ? a9[2 * stride] : a[11]);
                    c11 = TOps.MultiplyAdd(v, x, c11);
                    if (wide) d11 = TOps.MultiplyAdd(v, y, d11);
                }

                b += bStride;
                a += step;
                if (TAccess.ByRows)
                {
                    a3++;
                    a6++;
                    a9++;
                }
            }
        }

        // No call may follow while accumulators live: none of their registers outlives a call, and the JIT would then spill them in the loop.
        var direct = tile->Columns == TVectors.Value * w && tile->Bias == null && !tile->Relu;
        var c = direct ? tile->C : tile->Scratch;
        var cStride = direct ? tile->CStride : TVectors.Value * w;
        var add = direct && tile->Accumulate;
        Store(c + 0 * cStride, c0, d0, wide, add);
        if (TRows.Value > 1) Store(c + 1 * cStride, c1, d1, wide, add);
        if (TRows.Value > 2) Store(c + 2 * cStride, c2, d2, wide, add);
        if (TRows.Value > 3) Store(c + 3 * cStride, c3, d3, wide, add);
        if (TRows.Value > 4) Store(c + 4 * cStride, c4, d4, wide, add);
        if (TRows.Value > 5) Store(c + 5 * cStride, c5, d5, wide, add);
        if (TRows.Value > 6) Store(c + 6 * cStride, c6, d6, wide, add);
        if (TRows.Value > 7) Store(c + 7 * cStride, c7, d7, wide, add);
        if (TRows.Value > 8) Store(c + 8 * cStride, c8, d8, wide, add);
        if (TRows.Value > 9) Store(c + 9 * cStride, c9, d9, wide, add);
        if (TRows.Value > 10) Store(c + 10 * cStride, c10, d10, wide, add);
        if (TRows.Value > 11) Store(c + 11 * cStride, c11, d11, wide, add);
        if (!direct) Finish(tile, TRows.Value, TVectors.Value * w);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(T* c, TVector first, TVector second, bool wide, bool add)
    {
        TOps.Store(c, add ? TOps.Add(TOps.Load(c), first) : first);
        if (wide) TOps.Store(c + TOps.Width, add ? TOps.Add(TOps.Load(c + TOps.Width), second) : second);
    }

    /// <summary>Brings a tile from the scratch to C: the columns that exist, what they start from, the bias and the activation.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void Finish(Tile<T>* tile, int rows, int width)
    {
        for (nint from = 0; from < tile->Columns; from += TOps.Width)
        {
            var count = (int)Math.Min(TOps.Width, tile->Columns - from);
            var bias = tile->Bias == null ? default : TOps.LoadPart(tile->Bias + from, count);
            var source = tile->Scratch + from;
            var c = tile->C + from;
            for (var row = 0; row < rows; row++, source += width, c += tile->CStride)
            {
                var value = TOps.Load(source);
                if (tile->Accumulate) value = TOps.Add(TOps.LoadPart(c, count), value);
                if (tile->Bias != null) value = TOps.Add(value, bias);
                if (tile->Relu) value = TOps.Relu(value);
                TOps.StorePart(c, value, count);
            }
        }
    }
}
