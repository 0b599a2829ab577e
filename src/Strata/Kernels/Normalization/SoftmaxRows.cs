using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels.Elementwise;
using Strata.Kernels.Mathematics;
using Strata.Kernels.Reduction;
using Strata.Kernels.Vectors;
using Strata.Threading;

namespace Strata.Kernels.Normalization;

/// <summary>What can be asked of a row of logits.</summary>
internal enum SoftmaxResult
{
    /// <summary>yⱼ = e^(xⱼ − m) / Σ.</summary>
    Probabilities,

    /// <summary>yⱼ = xⱼ − m − ln Σ.</summary>
    LogProbabilities,

    /// <summary>y = m + ln Σ: one value a row.</summary>
    LogSum,

    /// <summary>y = m + ln Σ − x_label: one value a row.</summary>
    CrossEntropy,

    /// <summary>yⱼ = (e^(xⱼ − m) / Σ − [j = label])·dy.</summary>
    CrossEntropyGradient,
}

/// <summary>Softmax and its relatives over rows x [rows, n], with m = max x subtracted first and Σ = Σⱼ e^(xⱼ − m), so that logits of any size
/// neither overflow nor vanish. A row is done by one thread.</summary>
internal static unsafe class SoftmaxRows<V, T>
    where V : struct, IVector<V, T>
    where T : unmanaged, INumber<T>
{
    public static void Run(SoftmaxResult wanted, T* x, long rows, long n, T* y, long* labels = null, T* dy = null) =>
        Workers.For(rows, Math.Max(1, Walk.Grain / 8 / (n + 16)), new Work(wanted, x, n, y, labels, dy));

    readonly struct Work(SoftmaxResult wanted, T* x, long n, T* y, long* labels, T* dy) : IRangeWork
    {
        public void Run(long start, long end)
        {
            for (var i = start; i < end; i++)
            {
                var row = x + (i * n);
                var max = RowReduction<V, T, Operators.Identity, Reductions.Max>.Row(row, n);
                switch (wanted)
                {
                    case SoftmaxResult.Probabilities:
                        Scale(y + (i * n), n, T.One / ExpSum(row, n, max, y + (i * n)));
                        break;
                    case SoftmaxResult.LogProbabilities:
                        Shift(row, n, max, Log(ExpSum(row, n, max, null)), y + (i * n));
                        break;
                    case SoftmaxResult.LogSum:
                        y[i] = T.IsFinite(max) ? max + Log(ExpSum(row, n, max, null)) : max;
                        break;
                    case SoftmaxResult.CrossEntropy:
                        y[i] = Log(ExpSum(row, n, max, null)) - (row[labels[i]] - max);
                        break;
                    default:
                        var to = y + (i * n);
                        Scale(to, n, dy[i] / ExpSum(row, n, max, to));
                        to[labels[i]] -= dy[i];
                        break;
                }
            }
        }
    }

    static T Log(T x) => VectorMath<V1<T>, T>.Log(x).Value;

    /// <summary>Σⱼ e^(xⱼ − m); the summands are stored if there is a place for them.</summary>
    [MethodImpl(Jit.Loop)]
    static T ExpSum(T* x, long n, T max, T* terms)
    {
        V sum = T.Zero, m = max;
        var i = 0L;
        for (; i + V.Count <= n; i += V.Count)
        {
            var e = VectorMath<V, T>.Exp(V.Load(x + i) - m);
            sum += e;
            if (terms != null) e.Store(terms + i);
        }

        if (i < n)
        {
            var rest = (int)(n - i);
            var e = VectorMath<V, T>.Exp(V.LoadFirst(x + i, rest) - m);
            sum += V.Select(V.First(rest), e, T.Zero);
            if (terms != null) e.StoreFirst(terms + i, rest);
        }

        return V.Fold(sum, default(Reductions.Sum));
    }

    static void Scale(T* y, long n, T factor) =>
        Walk.Loop<V, T, Operators.Multiply, Row<T>, Same<T>, Elements<T>>(new(y), new(factor), new(y), 0, n, default);

    [MethodImpl(Jit.Loop)]
    static void Shift(T* x, long n, T max, T log, T* y)
    {
        V m = max, l = log; // in two steps: their sum would round
        var i = 0L;
        for (; i + V.Count <= n; i += V.Count) (V.Load(x + i) - m - l).Store(y + i);
        if (i < n) (V.LoadFirst(x + i, (int)(n - i)) - m - l).StoreFirst(y + i, (int)(n - i));
    }
}
