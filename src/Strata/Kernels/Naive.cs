using System.Numerics;

namespace Strata.Kernels;

public partial class CpuKernels
{
    internal interface INaiveBinary
    {
        static abstract T Of<T>(T a, T b)
            where T : INumber<T>;
    }

    internal void Naive<TOp>(Tensor a, Tensor b, Tensor y)
        where TOp : INaiveBinary
    {
        switch (y.DType)
        {
            case DType.Float32: Walk<TOp, float>(a, b, y); break;
            case DType.Float64: Walk<TOp, double>(a, b, y); break;
            case DType.Int32: Walk<TOp, int>(a, b, y); break;
            default: Walk<TOp, long>(a, b, y); break;
        }
    }

    void Walk<TOp, T>(Tensor a, Tensor b, Tensor y)
        where TOp : INaiveBinary
        where T : unmanaged, INumber<T>
    {
        var p = Read<T>(a);
        var q = Read<T>(b);
        var r = Write<T>(y);
        for (var i = 0; i < r.Length; i++) r[i] = TOp.Of(p[Source(a.Shape, y.Shape, i)], q[Source(b.Shape, y.Shape, i)]);
    }

    internal static int Source(Shape from, Shape to, int position)
    {
        int source = 0, stride = 1;
        for (var i = 1; i <= to.Rank; i++)
        {
            var index = position % to[^i];
            position /= to[^i];
            if (i > from.Rank) break;
            if (from[^i] > 1) source += index * stride;
            stride *= from[^i];
        }

        return source;
    }

    internal void NaiveSum(Tensor x, AxisSet axes, Tensor y)
    {
        if (x.DType == DType.Float32) NaiveSum<float>(x, axes, y);
        else if (x.DType == DType.Float64) NaiveSum<double>(x, axes, y);
        else NaiveSum<long>(x, axes, y);
    }

    void NaiveSum<T>(Tensor x, AxisSet axes, Tensor y)
        where T : unmanaged, INumber<T>
    {
        var kept = axes.Reduce(x.Shape, true);
        var p = Read<T>(x);
        var r = Write<T>(y);
        r.Clear();
        for (var i = 0; i < p.Length; i++) r[Source(kept, x.Shape, i)] += p[i];
    }
}
