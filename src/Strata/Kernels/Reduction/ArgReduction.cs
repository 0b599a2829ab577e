using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels.Elementwise;
using Strata.Kernels.Vectors;
using Strata.Threading;

namespace Strata.Kernels.Reduction;

/// <summary>The position of the greatest or least element along an axis: x [outer, n, inner] → y [outer, inner]. The first of equals; the first
/// NaN if there is one.</summary>
internal static unsafe class ArgReduction<V, T, TOp>
    where V : struct, IVector<V, T>
    where T : unmanaged, INumber<T>
    where TOp : struct, IReduction
{
    public static void Run(T* x, long outer, long n, long inner, long* y) =>
        Workers.For(outer, Math.Max(1, Walk.Grain / 2 / (n * inner + 16)), new Work(x, n, inner, y));

    readonly struct Work(T* x, long n, long inner, long* y) : IRangeWork
    {
        public void Run(long start, long end)
        {
            for (var o = start; o < end; o++)
                if (inner == 1) y[o] = Row(x + (o * n), n);
                else Columns(x + (o * n * inner), n, inner, y + (o * inner));
        }
    }

    /// <summary>Finds the value first and then its place: both passes run at full width.</summary>
    [MethodImpl(Jit.Loop)]
    static long Row(T* x, long n)
    {
        var best = RowReduction<V, T, Operators.Identity, TOp>.Row(x, n);
        V wanted = best;
        var i = 0L;
        if (T.IsNaN(best))
        {
            while (!T.IsNaN(x[i])) i++;
            return i;
        }

        while (i + V.Count <= n && !V.Any(V.Equal(V.Load(x + i), wanted))) i += V.Count;
        while (x[i] != best) i++;
        return i;
    }

    static void Columns(T* x, long n, long inner, long* y)
    {
        for (var j = 0L; j < inner; j++) y[j] = 0;
        for (var i = 1L; i < n; i++)
            for (var j = 0L; j < inner; j++)
            {
                var (best, next) = (x[(y[j] * inner) + j], x[(i * inner) + j]);
                if (T.IsNaN(best)) continue;
                var better = typeof(TOp) == typeof(Reductions.Max) ? next > best : next < best;
                if (better || T.IsNaN(next)) y[j] = i;
            }
    }
}
