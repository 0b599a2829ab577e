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
    [MethodImpl(Jit.Loop)]
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
        {
            var target = tile->C;
            for (var row = 0; row < TRows.Value; row++, target += tile->CStride)
            {
                Sse.Prefetch0(target);
                if (wide) Sse.Prefetch0(target + w);
            }
        }

        var stride = tile->AStride;
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
            var k = steps;
            for (; k > 1; k -= 2) // two steps at a time: what counts and moves the pointers would take slots from the multiply-adds
            {
                TVector x0 = TOps.Load(b), y0 = wide ? TOps.Load(b + w) : default;
                if (Sse.IsSupported)
                {
                    Sse.Prefetch0(b + ahead);
                    if (wide) Sse.Prefetch0(b + ahead + w);
                }

                Row(TAccess.ByRows ? a : a, x0, y0, wide, ref c0, ref d0);
                if (TRows.Value > 1) Row(TAccess.ByRows ? a + stride : a + 1, x0, y0, wide, ref c1, ref d1);
                if (TRows.Value > 2) Row(TAccess.ByRows ? a + 2 * stride : a + 2, x0, y0, wide, ref c2, ref d2);
                if (TRows.Value > 3) Row(TAccess.ByRows ? a3 : a + 3, x0, y0, wide, ref c3, ref d3);
                if (TRows.Value > 4) Row(TAccess.ByRows ? a3 + stride : a + 4, x0, y0, wide, ref c4, ref d4);
                if (TRows.Value > 5) Row(TAccess.ByRows ? a3 + 2 * stride : a + 5, x0, y0, wide, ref c5, ref d5);
                if (TRows.Value > 6) Row(TAccess.ByRows ? a6 : a + 6, x0, y0, wide, ref c6, ref d6);
                if (TRows.Value > 7) Row(TAccess.ByRows ? a6 + stride : a + 7, x0, y0, wide, ref c7, ref d7);
                if (TRows.Value > 8) Row(TAccess.ByRows ? a6 + 2 * stride : a + 8, x0, y0, wide, ref c8, ref d8);
                if (TRows.Value > 9) Row(TAccess.ByRows ? a9 : a + 9, x0, y0, wide, ref c9, ref d9);
                if (TRows.Value > 10) Row(TAccess.ByRows ? a9 + stride : a + 10, x0, y0, wide, ref c10, ref d10);
                if (TRows.Value > 11) Row(TAccess.ByRows ? a9 + 2 * stride : a + 11, x0, y0, wide, ref c11, ref d11);

                b += bStride;
                var a1 = a + stride;
                TVector x1 = TOps.Load(b), y1 = wide ? TOps.Load(b + w) : default;
                if (Sse.IsSupported)
                {
                    Sse.Prefetch0(b + ahead);
                    if (wide) Sse.Prefetch0(b + ahead + w);
                }

                Row(TAccess.ByRows ? a + 1 : a1, x1, y1, wide, ref c0, ref d0);
                if (TRows.Value > 1) Row(TAccess.ByRows ? a + stride + 1 : a1 + 1, x1, y1, wide, ref c1, ref d1);
                if (TRows.Value > 2) Row(TAccess.ByRows ? a + 2 * stride + 1 : a1 + 2, x1, y1, wide, ref c2, ref d2);
                if (TRows.Value > 3) Row(TAccess.ByRows ? a3 + 1 : a1 + 3, x1, y1, wide, ref c3, ref d3);
                if (TRows.Value > 4) Row(TAccess.ByRows ? a3 + stride + 1 : a1 + 4, x1, y1, wide, ref c4, ref d4);
                if (TRows.Value > 5) Row(TAccess.ByRows ? a3 + 2 * stride + 1 : a1 + 5, x1, y1, wide, ref c5, ref d5);
                if (TRows.Value > 6) Row(TAccess.ByRows ? a6 + 1 : a1 + 6, x1, y1, wide, ref c6, ref d6);
                if (TRows.Value > 7) Row(TAccess.ByRows ? a6 + stride + 1 : a1 + 7, x1, y1, wide, ref c7, ref d7);
                if (TRows.Value > 8) Row(TAccess.ByRows ? a6 + 2 * stride + 1 : a1 + 8, x1, y1, wide, ref c8, ref d8);
                if (TRows.Value > 9) Row(TAccess.ByRows ? a9 + 1 : a1 + 9, x1, y1, wide, ref c9, ref d9);
                if (TRows.Value > 10) Row(TAccess.ByRows ? a9 + stride + 1 : a1 + 10, x1, y1, wide, ref c10, ref d10);
                if (TRows.Value > 11) Row(TAccess.ByRows ? a9 + 2 * stride + 1 : a1 + 11, x1, y1, wide, ref c11, ref d11);

                b += bStride;
                a += TAccess.ByRows ? 2 : 2 * stride;
                if (TAccess.ByRows)
                {
                    a3 += 2;
                    a6 += 2;
                    a9 += 2;
                }
            }

            if (k > 0)
            {
                TVector x0 = TOps.Load(b), y0 = wide ? TOps.Load(b + w) : default;
                Row(TAccess.ByRows ? a : a, x0, y0, wide, ref c0, ref d0);
                if (TRows.Value > 1) Row(TAccess.ByRows ? a + stride : a + 1, x0, y0, wide, ref c1, ref d1);
                if (TRows.Value > 2) Row(TAccess.ByRows ? a + 2 * stride : a + 2, x0, y0, wide, ref c2, ref d2);
                if (TRows.Value > 3) Row(TAccess.ByRows ? a3 : a + 3, x0, y0, wide, ref c3, ref d3);
                if (TRows.Value > 4) Row(TAccess.ByRows ? a3 + stride : a + 4, x0, y0, wide, ref c4, ref d4);
                if (TRows.Value > 5) Row(TAccess.ByRows ? a3 + 2 * stride : a + 5, x0, y0, wide, ref c5, ref d5);
                if (TRows.Value > 6) Row(TAccess.ByRows ? a6 : a + 6, x0, y0, wide, ref c6, ref d6);
                if (TRows.Value > 7) Row(TAccess.ByRows ? a6 + stride : a + 7, x0, y0, wide, ref c7, ref d7);
                if (TRows.Value > 8) Row(TAccess.ByRows ? a6 + 2 * stride : a + 8, x0, y0, wide, ref c8, ref d8);
                if (TRows.Value > 9) Row(TAccess.ByRows ? a9 : a + 9, x0, y0, wide, ref c9, ref d9);
                if (TRows.Value > 10) Row(TAccess.ByRows ? a9 + stride : a + 10, x0, y0, wide, ref c10, ref d10);
                if (TRows.Value > 11) Row(TAccess.ByRows ? a9 + 2 * stride : a + 11, x0, y0, wide, ref c11, ref d11);
            }
        }

        // No call may follow while accumulators live: none of their registers outlives a call, and the JIT would then spill them in the loop.
        var direct = tile->Columns == TVectors.Value * w && tile->Bias == null && !tile->Relu;
        var c = direct ? tile->C : tile->Scratch;
        var cStride = direct ? tile->CStride : TVectors.Value * w;
        if (direct && tile->Accumulate)
        {
            Add(c, c0, d0, wide);
            if (TRows.Value > 1) Add(c + cStride, c1, d1, wide);
            if (TRows.Value > 2) Add(c + 2 * cStride, c2, d2, wide);
            if (TRows.Value > 3) Add(c + 3 * cStride, c3, d3, wide);
            if (TRows.Value > 4) Add(c + 4 * cStride, c4, d4, wide);
            if (TRows.Value > 5) Add(c + 5 * cStride, c5, d5, wide);
            if (TRows.Value > 6) Add(c + 6 * cStride, c6, d6, wide);
            if (TRows.Value > 7) Add(c + 7 * cStride, c7, d7, wide);
            if (TRows.Value > 8) Add(c + 8 * cStride, c8, d8, wide);
            if (TRows.Value > 9) Add(c + 9 * cStride, c9, d9, wide);
            if (TRows.Value > 10) Add(c + 10 * cStride, c10, d10, wide);
            if (TRows.Value > 11) Add(c + 11 * cStride, c11, d11, wide);
            return;
        }

        Store(c, c0, d0, wide);
        if (TRows.Value > 1) Store(c + cStride, c1, d1, wide);
        if (TRows.Value > 2) Store(c + 2 * cStride, c2, d2, wide);
        if (TRows.Value > 3) Store(c + 3 * cStride, c3, d3, wide);
        if (TRows.Value > 4) Store(c + 4 * cStride, c4, d4, wide);
        if (TRows.Value > 5) Store(c + 5 * cStride, c5, d5, wide);
        if (TRows.Value > 6) Store(c + 6 * cStride, c6, d6, wide);
        if (TRows.Value > 7) Store(c + 7 * cStride, c7, d7, wide);
        if (TRows.Value > 8) Store(c + 8 * cStride, c8, d8, wide);
        if (TRows.Value > 9) Store(c + 9 * cStride, c9, d9, wide);
        if (TRows.Value > 10) Store(c + 10 * cStride, c10, d10, wide);
        if (TRows.Value > 11) Store(c + 11 * cStride, c11, d11, wide);
        if (!direct) Finish(tile, TRows.Value, TVectors.Value * w);
    }

    /// <summary>One multiply-add for each vector of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Row(T* a, TVector x, TVector y, bool wide, ref TVector c, ref TVector d)
    {
        var v = TOps.Broadcast(*a);
        c = TOps.MultiplyAdd(v, x, c);
        if (wide) d = TOps.MultiplyAdd(v, y, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(T* c, TVector first, TVector second, bool wide)
    {
        TOps.Store(c, first);
        if (wide) TOps.Store(c + TOps.Width, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Add(T* c, TVector first, TVector second, bool wide)
    {
        TOps.Store(c, TOps.Add(TOps.Load(c), first));
        if (wide) TOps.Store(c + TOps.Width, TOps.Add(TOps.Load(c + TOps.Width), second));
    }

    /// <summary>Brings a tile from the scratch to C: the columns that exist, what they start from, the bias and the activation.</summary>
    [MethodImpl(Jit.Loop)]
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
