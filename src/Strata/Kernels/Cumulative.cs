using System.Numerics;
using Strata.Threading;

namespace Strata.Kernels;

// Runs along an axis [o, i, j]. An item is a column (o, j); neighboring columns run side by side so that memory is read in rows.
// float32 runs in double, whose rounding is nothing beside one rounding a result.
public partial class CpuKernels
{
    const int ColumnsAtOnce = 64;

    internal void CumulativeSum(Tensor x, int axis, bool reverse, Tensor y)
    {
        switch (x.DType)
        {
            case DType.Float32: Recur<float, double>(null, x, axis, reverse, y); break;
            case DType.Float64: Recur<double, double>(null, x, axis, reverse, y); break;
            case DType.Int32: Recur<int, int>(null, x, axis, reverse, y); break;
            default: Recur<long, long>(null, x, axis, reverse, y); break;
        }
    }

    internal void LinearRecurrence(Tensor a, Tensor b, int axis, bool reverse, Tensor y)
    {
        switch (b.DType)
        {
            case DType.Float32: Recur<float, double>(a, b, axis, reverse, y); break;
            case DType.Float64: Recur<double, double>(a, b, axis, reverse, y); break;
            case DType.Int32: Recur<int, int>(a, b, axis, reverse, y); break;
            default: Recur<long, long>(a, b, axis, reverse, y); break;
        }
    }

    static unsafe void Recur<T, TSum>(Tensor? a, Tensor b, int axis, bool reverse, Tensor y)
        where T : unmanaged, INumber<T>
        where TSum : unmanaged, INumber<TSum>
    {
        if (b.Size == 0) return;
        var (length, inner) = (b.Shape[axis], b.Shape[(axis + 1)..].Size);
        var work = new Recurrence<T, TSum>
        {
            A = a is null ? null : (T*)a.Pointer,
            B = (T*)b.Pointer,
            Y = (T*)y.Pointer,
            Length = length,
            Inner = inner,
            Reverse = reverse,
        };
        Workers.For(b.Size / length, Math.Max(ColumnsAtOnce, (1 << 16) / length), work);
    }

    unsafe struct Recurrence<T, TSum> : IRangeWork
        where T : unmanaged, INumber<T>
        where TSum : unmanaged, INumber<TSum>
    {
        public T* A, B, Y;
        public long Length, Inner;
        public bool Reverse;

        public readonly void Run(long start, long end)
        {
            var state = stackalloc TSum[ColumnsAtOnce];
            while (start < end)
            {
                var j = start % Inner;
                var width = Math.Min(Math.Min(Inner - j, end - start), ColumnsAtOnce);
                var at = (start / Inner * Length * Inner) + j;
                if (Reverse) at += (Length - 1) * Inner;
                for (var c = 0; c < width; c++)
                {
                    // The first step takes b alone, so that an infinite first factor does no harm.
                    state[c] = TSum.CreateTruncating(B[at + c]);
                    Y[at + c] = B[at + c];
                }

                var step = Reverse ? -Inner : Inner;
                if (width == 1) Column(state[0], at, step);
                else
                    for (var i = 1L; i < Length; i++) Row(state, at + (i * step), width);
                start += width;
            }
        }

        readonly void Row(TSum* state, long at, long width)
        {
            for (var c = 0; c < width; c++)
            {
                var carried = A is null ? state[c] : TSum.CreateTruncating(A[at + c]) * state[c];
                state[c] = carried + TSum.CreateTruncating(B[at + c]);
                Y[at + c] = T.CreateTruncating(state[c]);
            }
        }

        readonly void Column(TSum state, long at, long step)
        {
            for (var i = 1L; i < Length; i++)
            {
                at += step;
                if (A is not null) state *= TSum.CreateTruncating(A[at]);
                state += TSum.CreateTruncating(B[at]);
                Y[at] = T.CreateTruncating(state);
            }
        }
    }
}
