using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Strata.Kernels.Elementwise;
using Strata.Kernels.Vectors;
using Strata.Threading;

namespace Strata.Kernels.Reduction;

/// <summary>Reduces rows of consecutive elements, each to one value: x [rows, n] → y [rows]. A row is cut into chunks whose bounds depend on
/// nothing but its length, and a chunk into short runs of four accumulators, so that the result is the same on any number of threads and
/// rounding errors stay near those of pairwise summation.</summary>
internal static unsafe class RowReduction<V, T, TMap, TOp>
    where V : struct, IVector<V, T>
    where T : unmanaged, INumber<T>
    where TMap : struct, IUnaryOperator
    where TOp : struct, IReduction
{
    const int RunLength = 16; // additions into one accumulator before it is added to the total

    static long Chunk => 1024L * V.Count;

    public static void Run(T* x, long rows, long n, T* y)
    {
        var chunks = (n + Chunk - 1) / Chunk;
        if (chunks <= 1)
        {
            Workers.For(rows, Math.Max(1, Walk.Grain / (n + 16)), new Work(x, n, 1, y));
            return;
        }

        var partial = (T*)NativeMemory.Alloc((nuint)(rows * chunks), (nuint)sizeof(T));
        try
        {
            Workers.For(rows * chunks, Math.Max(1, Walk.Grain / Chunk), new Work(x, n, chunks, partial));
            for (var row = 0L; row < rows; row++) y[row] = Total(partial + (row * chunks), chunks);
        }
        finally
        {
            NativeMemory.Free(partial);
        }
    }

    readonly struct Work(T* x, long n, long chunks, T* y) : IRangeWork
    {
        public void Run(long start, long end)
        {
            for (var i = start; i < end; i++)
            {
                var (row, first) = chunks == 1 ? (i, 0) : (i / chunks, i % chunks * Chunk);
                y[i] = Row(x + (row * n) + first, Math.Min(n - first, Chunk));
            }
        }
    }

    /// <summary>The results of the chunks combined; a float sum in double, which costs nothing here.</summary>
    static T Total(T* p, long n)
    {
        if (typeof(T) == typeof(float) && typeof(TOp) == typeof(Reductions.Sum))
        {
            var sum = 0.0;
            for (var i = 0L; i < n; i++) sum += (float)(object)p[i];
            return (T)(object)(float)sum;
        }

        V1<T> total = TOp.Identity<T>();
        for (var i = 0L; i < n; i++) total = default(TOp).Invoke<V1<T>, T>(total, V1<T>.Load(p + i));
        return total.Value;
    }

    /// <summary>One chunk.</summary>
    [MethodImpl(Jit.Loop)]
    public static T Row(T* x, long n)
    {
        var map = default(TMap);
        var op = default(TOp);
        V identity = TOp.Identity<T>();
        if (n < V.Count)
        {
            var few = map.Invoke<V, T>(V.LoadFirst(x, (int)n));
            return V.Fold(V.Select(V.First((int)n), few, identity), op);
        }

        var total = identity;
        var i = 0L;
        while (i + (4 * V.Count) <= n)
        {
            var end = Math.Min(n - (4 * V.Count), i + ((RunLength - 1) * 4 * V.Count));
            var a = map.Invoke<V, T>(V.Load(x + i));
            var b = map.Invoke<V, T>(V.Load(x + i + V.Count));
            var c = map.Invoke<V, T>(V.Load(x + i + (2 * V.Count)));
            var d = map.Invoke<V, T>(V.Load(x + i + (3 * V.Count)));
            for (i += 4 * V.Count; i <= end; i += 4 * V.Count)
            {
                a = op.Invoke<V, T>(a, map.Invoke<V, T>(V.Load(x + i)));
                b = op.Invoke<V, T>(b, map.Invoke<V, T>(V.Load(x + i + V.Count)));
                c = op.Invoke<V, T>(c, map.Invoke<V, T>(V.Load(x + i + (2 * V.Count))));
                d = op.Invoke<V, T>(d, map.Invoke<V, T>(V.Load(x + i + (3 * V.Count))));
            }

            total = op.Invoke<V, T>(total, op.Invoke<V, T>(op.Invoke<V, T>(a, b), op.Invoke<V, T>(c, d)));
        }

        for (; i + V.Count <= n; i += V.Count) total = op.Invoke<V, T>(total, map.Invoke<V, T>(V.Load(x + i)));
        if (i < n)
        {
            // The last vector overlaps what was done; its lanes that are old are made to change nothing.
            var last = map.Invoke<V, T>(V.Load(x + n - V.Count));
            total = op.Invoke<V, T>(total, V.Select(V.First((int)(V.Count - (n - i))), identity, last));
        }

        return V.Fold(total, op);
    }
}
