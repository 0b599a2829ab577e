using System.Numerics;
using Strata.Threading;

namespace Strata.Kernels;

// Linear interpolation along one axis [o, i, j] and its adjoint, over a table of the two sources and their weights.
public partial class CpuKernels
{
    internal void Resample(Tensor x, int axis, bool alignCorners, Tensor y)
    {
        if (x.DType == DType.Float32) Resample<float>(x, axis, alignCorners, y, adjoint: false);
        else Resample<double>(x, axis, alignCorners, y, adjoint: false);
    }

    internal void ResampleAdjoint(Tensor x, int axis, bool alignCorners, Tensor y)
    {
        Clear(y);
        if (x.DType == DType.Float32) Resample<float>(x, axis, alignCorners, y, adjoint: true);
        else Resample<double>(x, axis, alignCorners, y, adjoint: true);
    }

    static unsafe void Resample<T>(Tensor x, int axis, bool alignCorners, Tensor y, bool adjoint)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Size == 0 || y.Size == 0) return;
        var (small, large) = adjoint ? (y, x) : (x, y);
        var (from, to) = (small.Shape[axis], large.Shape[axis]);
        var taps = new (int Low, int High, T Weight)[to];
        for (var j = 0; j < to; j++)
        {
            var at = alignCorners
                ? to == 1 ? 0 : (double)j * (from - 1) / (to - 1)
                : Math.Max((((j + 0.5) * from) / to) - 0.5, 0);
            var low = Math.Min((int)at, from - 1);
            taps[j] = (low, Math.Min(low + 1, from - 1), T.CreateTruncating(at - low));
        }

        var (outer, inner) = (x.Shape[..axis].Size, x.Shape[(axis + 1)..].Size);
        fixed ((int, int, T)* p = taps)
        {
            var work = new Interpolation<T> { X = (T*)x.Pointer, Y = (T*)y.Pointer, Taps = p, From = from, To = to, Inner = inner, Adjoint = adjoint };
            Workers.For(outer * inner, Math.Max(Math.Min(inner, 16), (1 << 16) / to), work);
        }
    }

    // An item is a column (o, j), so no two threads add to one element.
    unsafe struct Interpolation<T> : IRangeWork
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* X, Y;
        public (int Low, int High, T Weight)* Taps;
        public long From, To, Inner;
        public bool Adjoint;

        public readonly void Run(long start, long end)
        {
            while (start < end)
            {
                var (o, c) = (start / Inner, start % Inner);
                var width = (int)Math.Min(Math.Min(Inner - c, end - start), int.MaxValue);
                for (var j = 0L; j < To; j++)
                {
                    var (low, high, weight) = Taps[j];
                    var large = (((o * To) + j) * Inner) + c;
                    var (first, second) = ((((o * From) + low) * Inner) + c, (((o * From) + high) * Inner) + c);
                    if (Adjoint)
                    {
                        AddScaled(X + large, T.One - weight, Y + first, width);
                        AddScaled(X + large, weight, Y + second, width);
                    }
                    else
                    {
                        Blend(X + first, X + second, weight, Y + large, width);
                    }
                }

                start += width;
            }
        }

        static void AddScaled(T* x, T factor, T* y, int n)
        {
            var i = 0;
            for (; i <= n - Vector<T>.Count; i += Vector<T>.Count) (Vector.Load(y + i) + (Vector.Load(x + i) * factor)).Store(y + i);
            for (; i < n; i++) y[i] += x[i] * factor;
        }

        static void Blend(T* a, T* b, T weight, T* y, int n)
        {
            var (i, rest) = (0, T.One - weight);
            for (; i <= n - Vector<T>.Count; i += Vector<T>.Count) ((Vector.Load(a + i) * rest) + (Vector.Load(b + i) * weight)).Store(y + i);
            for (; i < n; i++) y[i] = (a[i] * rest) + (b[i] * weight);
        }
    }
}
