using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels.Elementwise;
using Strata.Kernels.Reduction;
using Strata.Kernels.Vectors;
using Strata.Threading;

namespace Strata.Kernels.Normalization;

/// <summary>Rows brought to mean 0 and variance 1: y = (x − mean)·r, r = 1/√(variance + ε), over x [rows, n].</summary>
internal static unsafe class StandardizeRows<V, T>
    where V : struct, IVector<V, T>
    where T : unmanaged, INumber<T>
{
    public static void Forward(T* x, long rows, long n, T epsilon, T* y, T* inverse) =>
        Workers.For(rows, Math.Max(1, Walk.Grain / 4 / (n + 16)), new ForwardWork(x, n, epsilon, y, inverse));

    /// <summary>dx = r·(dy − mean dy − y·mean(dy·y)).</summary>
    public static void Backward(T* y, T* inverse, T* dy, long rows, long n, T* dx) =>
        Workers.For(rows, Math.Max(1, Walk.Grain / 4 / (n + 16)), new BackwardWork(y, inverse, dy, n, dx));

    readonly struct ForwardWork(T* x, long n, T epsilon, T* y, T* inverse) : IRangeWork
    {
        public void Run(long start, long end)
        {
            var count = T.CreateTruncating(n);
            for (var row = start; row < end; row++)
            {
                var from = x + (row * n);
                var mean = RowReduction<V, T, Operators.Identity, Reductions.Sum>.Row(from, n) / count;
                var (plain, square) = Sums(from, from, n, mean);
                var off = plain / count; // the rounding error of the mean
                inverse[row] = T.One / V1<T>.Sqrt(T.Max(square / count - off * off, T.Zero) + epsilon).Value;
                Map(from, from, n, mean + off, inverse[row], T.Zero, T.Zero, y + (row * n));
            }
        }
    }

    readonly struct BackwardWork(T* y, T* inverse, T* dy, long n, T* dx) : IRangeWork
    {
        public void Run(long start, long end)
        {
            var count = T.CreateTruncating(n);
            for (var row = start; row < end; row++)
            {
                var (plain, weighted) = Sums(y + (row * n), dy + (row * n), n, T.Zero);
                Map(y + (row * n), dy + (row * n), n, T.Zero, inverse[row], -weighted / count, -plain / count, dx + (row * n));
            }
        }
    }

    /// <summary>Σ w and Σ w·(x − mean), where w is dy, or x − mean if dy is x itself.</summary>
    [MethodImpl(Jit.Loop)]
    static (T Plain, T Weighted) Sums(T* x, T* dy, long n, T mean)
    {
        V plain = T.Zero, weighted = T.Zero, m = mean;
        var i = 0L;
        for (; i + V.Count <= n; i += V.Count)
        {
            var centered = V.Load(x + i) - m;
            var w = x == dy ? centered : V.Load(dy + i);
            plain += w;
            weighted = V.Fma(w, centered, weighted);
        }

        if (i < n)
        {
            var rest = (int)(n - i);
            var centered = V.Select(V.First(rest), V.LoadFirst(x + i, rest) - m, T.Zero);
            var w = x == dy ? centered : V.LoadFirst(dy + i, rest);
            plain += w;
            weighted = V.Fma(w, centered, weighted);
        }

        return (V.Fold(plain, default(Reductions.Sum)), V.Fold(weighted, default(Reductions.Sum)));
    }

    /// <summary>y = (x − mean)·scale, or y = (dy + level + x·slope)·scale if dy is not x itself.</summary>
    [MethodImpl(Jit.Loop)]
    static void Map(T* x, T* dy, long n, T mean, T scale, T slope, T level, T* y)
    {
        V m = mean, s = scale, k = slope, l = level;
        for (var i = 0L; i < n; i += V.Count)
        {
            var rest = (int)Math.Min(V.Count, n - i);
            var from = rest == V.Count ? V.Load(x + i) : V.LoadFirst(x + i, rest);
            V result;
            if (x == dy) result = (from - m) * s;
            else
            {
                var w = rest == V.Count ? V.Load(dy + i) : V.LoadFirst(dy + i, rest);
                result = V.Fma(from, k, w + l) * s;
            }

            if (rest == V.Count) result.Store(y + i);
            else result.StoreFirst(y + i, rest);
        }
    }
}
