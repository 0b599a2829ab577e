using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Strata.Kernels.Elementwise;
using Strata.Kernels.Vectors;
using Strata.Threading;

namespace Strata.Kernels.Reduction;

/// <summary>Reduces over an axis that is not the last: x [outer, rows, width] → y [outer, width], as a bias gradient does. Accumulators stay in
/// registers while the rows go by; rows are cut into chunks of a fixed number, whose results are reduced again, so that the result is the
/// same on any number of threads and rounding errors stay small.</summary>
internal static unsafe class ColumnReduction<V, T, TMap, TOp>
    where V : struct, IVector<V, T>
    where T : unmanaged, INumber<T>
    where TMap : struct, IUnaryOperator
    where TOp : struct, IReduction
{
    const int ChunkRows = 64;
    const int Segment = 2048; // columns that one piece of work does
    const int Narrow = 64; // columns below which several rows are taken as one

    public static void Run(T* x, long outer, long rows, long width, T* y)
    {
        if (width >= Narrow || rows < 16)
        {
            Run(x, outer, rows * width, rows, width, y);
            return;
        }

        // A few columns would leave lanes empty, and one accumulator a column would wait for itself: rows are taken several at a time, as one
        // wide row, and the wide result is folded in halves.
        var merge = 4L;
        while (merge * width < 2 * Narrow && merge * 4 <= rows) merge *= 2;
        var wide = merge * width;
        var sums = (T*)NativeMemory.Alloc((nuint)(outer * wide), (nuint)sizeof(T));
        try
        {
            Run(x, outer, rows * width, rows / merge, wide, sums);
            var rest = rows % merge * width;
            for (var o = 0L; o < outer; o++)
            {
                var own = sums + (o * wide);
                var op = default(TOp);
                var remainder = x + (((o + 1) * rows * width) - rest);
                for (var i = 0L; i < rest; i++)
                    op.Invoke<V1<T>, T>(V1<T>.Load(own + i), default(TMap).Invoke<V1<T>, T>(V1<T>.Load(remainder + i))).Store(own + i);
                for (var half = wide / 2; half >= width; half /= 2)
                    Walk.Loop<V, T, TOp, Row<T>, Row<T>, Elements<T>>(new(own), new(own + half), new(own), 0, half, op);
                NativeMemory.Copy(own, y + (o * width), (nuint)(width * sizeof(T)));
            }
        }
        finally
        {
            NativeMemory.Free(sums);
        }
    }

    /// <summary>The same with <paramref name="stride"/> elements from one outer item to the next.</summary>
    static void Run(T* x, long outer, long stride, long rows, long width, T* y)
    {
        var chunks = (rows + ChunkRows - 1) / ChunkRows;
        var segments = (width + Segment - 1) / Segment;
        var grain = Math.Max(1, Walk.Grain / (Math.Min(rows, ChunkRows) * Math.Min(width, Segment)));
        if (chunks == 1)
        {
            Workers.For(outer * segments, grain, new Work(x, stride, rows, width, 1, segments, y));
            return;
        }

        var partial = (T*)NativeMemory.Alloc((nuint)(outer * chunks * width), (nuint)sizeof(T));
        try
        {
            Workers.For(outer * chunks * segments, grain, new Work(x, stride, rows, width, chunks, segments, partial));
            ColumnReduction<V, T, Operators.Identity, TOp>.Run(partial, outer, chunks * width, chunks, width, y);
        }
        finally
        {
            NativeMemory.Free(partial);
        }
    }

    readonly struct Work(T* x, long stride, long rows, long width, long chunks, long segments, T* y) : IRangeWork
    {
        public void Run(long start, long end)
        {
            for (var i = start; i < end; i++)
            {
                var (item, column) = (i / segments, i % segments * Segment);
                var (outer, row) = (item / chunks, item % chunks * ChunkRows);
                Columns(x + (outer * stride) + (row * width) + column, Math.Min(rows - row, ChunkRows), width, Math.Min(width - column, Segment), y + (item * width) + column);
            }
        }
    }

    /// <summary><paramref name="n"/> columns of rows that are <paramref name="width"/> elements apart.</summary>
    [MethodImpl(Jit.Loop)]
    static void Columns(T* x, long rows, long width, long n, T* y)
    {
        var map = default(TMap);
        var op = default(TOp);
        V identity = TOp.Identity<T>();
        var i = 0L;
        for (; i + (4 * V.Count) <= n; i += 4 * V.Count)
        {
            var (a, b, c, d) = (identity, identity, identity, identity);
            var p = x + i;
            for (var row = 0L; row < rows; row++, p += width)
            {
                a = op.Invoke<V, T>(a, map.Invoke<V, T>(V.Load(p)));
                b = op.Invoke<V, T>(b, map.Invoke<V, T>(V.Load(p + V.Count)));
                c = op.Invoke<V, T>(c, map.Invoke<V, T>(V.Load(p + (2 * V.Count))));
                d = op.Invoke<V, T>(d, map.Invoke<V, T>(V.Load(p + (3 * V.Count))));
            }

            a.Store(y + i);
            b.Store(y + i + V.Count);
            c.Store(y + i + (2 * V.Count));
            d.Store(y + i + (3 * V.Count));
        }

        for (; i < n; i += V.Count)
        {
            var count = (int)Math.Min(V.Count, n - i);
            var a = identity;
            var p = x + i;
            if (count == V.Count)
            {
                for (var row = 0L; row < rows; row++, p += width) a = op.Invoke<V, T>(a, map.Invoke<V, T>(V.Load(p)));
                a.Store(y + i);
            }
            else
            {
                for (var row = 0L; row < rows; row++, p += width) a = op.Invoke<V, T>(a, map.Invoke<V, T>(V.LoadFirst(p, count)));
                a.StoreFirst(y + i, count);
            }
        }
    }
}
