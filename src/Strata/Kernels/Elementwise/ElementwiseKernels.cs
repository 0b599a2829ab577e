using System.Numerics;
using System.Numerics.Tensors;
using Strata.Kernels.Elementwise;
using Strata.Threading;

namespace Strata.Kernels;

public unsafe partial class CpuKernels
{
    /// <summary>y = f(x).</summary>
    internal void Unary<TOp>(Tensor x, Tensor y, TOp f = default)
        where TOp : struct, IUnaryOperator
    {
        if (recorder is not null)
        {
            recorder.Unary(f, x);
            return;
        }

        var n = x.Size;
        switch (x.DType)
        {
            case DType.Float32: Walk.Unary((float*)x.Pointer, (float*)y.Pointer, n, f); break;
            case DType.Float64: Walk.Unary((double*)x.Pointer, (double*)y.Pointer, n, f); break;
            case DType.Int32: Walk.Unary((int*)x.Pointer, (int*)y.Pointer, n, f); break;
            case DType.Int64: Walk.Unary((long*)x.Pointer, (long*)y.Pointer, n, f); break;
            default: Walk.Unary(x.Pointer, y.Pointer, n, f); break;
        }
    }

    /// <summary>y = f(x) for a function that is defined for floating-point elements only.</summary>
    internal void FloatingUnary<TOp>(Tensor x, Tensor y, TOp f = default)
        where TOp : struct, IUnaryOperator
    {
        if (recorder is not null) recorder.Unary(f, x);
        else if (x.DType == DType.Float32) Walk.Unary((float*)x.Pointer, (float*)y.Pointer, x.Size, f);
        else Walk.Unary((double*)x.Pointer, (double*)y.Pointer, x.Size, f);
    }

    /// <summary>y = f(a, b) with broadcasting, for tensors of one type.</summary>
    internal void Binary<TOp>(Tensor a, Tensor b, Tensor y, TOp f = default)
        where TOp : struct, IBinaryOperator
    {
        if (recorder is not null)
        {
            recorder.Binary(f, a, b);
            return;
        }

        switch (a.DType)
        {
            case DType.Float32: Elements<float, TOp>(a, b, y, f); break;
            case DType.Float64: Elements<double, TOp>(a, b, y, f); break;
            case DType.Int32: Elements<int, TOp>(a, b, y, f); break;
            case DType.Int64: Elements<long, TOp>(a, b, y, f); break;
            default: Elements<byte, TOp>(a, b, y, f); break;
        }
    }

    /// <summary>y = f(a, b) with broadcasting, for a function that is defined for floating-point elements only.</summary>
    internal void FloatingBinary<TOp>(Tensor a, Tensor b, Tensor y, TOp f = default)
        where TOp : struct, IBinaryOperator
    {
        if (recorder is not null) recorder.Binary(f, a, b);
        else if (a.DType == DType.Float32) Elements<float, TOp>(a, b, y, f);
        else Elements<double, TOp>(a, b, y, f);
    }

    /// <summary>The truth values y = f(a, b) with broadcasting, for tensors of one type.</summary>
    internal void Compare<TOp>(Tensor a, Tensor b, Tensor y)
        where TOp : struct, IBinaryOperator
    {
        if (recorder is not null)
        {
            recorder.Compare<TOp>(a, b);
            return;
        }

        switch (a.DType)
        {
            case DType.Float32: Masks<float, TOp>(a, b, y); break;
            case DType.Float64: Masks<double, TOp>(a, b, y); break;
            case DType.Int32: Masks<int, TOp>(a, b, y); break;
            case DType.Int64: Masks<long, TOp>(a, b, y); break;
            default: Masks<byte, TOp>(a, b, y); break;
        }
    }

    static void Elements<T, TOp>(Tensor a, Tensor b, Tensor y, TOp f)
        where T : unmanaged, INumber<T>
        where TOp : struct, IBinaryOperator =>
        BroadcastWalk.Binary<T, TOp, Elements<T>>((T*)a.Pointer, a.Shape, (T*)b.Pointer, b.Shape, new((T*)y.Pointer), y.Shape, f);

    static void Masks<T, TOp>(Tensor a, Tensor b, Tensor y)
        where T : unmanaged, INumber<T>
        where TOp : struct, IBinaryOperator =>
        BroadcastWalk.Binary<T, TOp, Bools<T>>((T*)a.Pointer, a.Shape, (T*)b.Pointer, b.Shape, new(y.Pointer), y.Shape);

    /// <summary>y = a where the condition holds, else b; all of y's shape, except that a and b may have one element.</summary>
    internal void Where(Tensor condition, Tensor a, Tensor b, Tensor y)
    {
        if (recorder is not null)
        {
            recorder.Where(condition, a, b);
            return;
        }

        switch (y.DType.Size())
        {
            case 1: Selection.Run(condition.Pointer, a.Pointer, a.Size == 1, b.Pointer, b.Size == 1, y.Pointer, y.Size); break;
            case 4: Selection.Run(condition.Pointer, (int*)a.Pointer, a.Size == 1, (int*)b.Pointer, b.Size == 1, (int*)y.Pointer, y.Size); break;
            default: Selection.Run(condition.Pointer, (long*)a.Pointer, a.Size == 1, (long*)b.Pointer, b.Size == 1, (long*)y.Pointer, y.Size); break;
        }
    }

    /// <summary>y = the values of x in y's type.</summary>
    internal void Cast(Tensor x, Tensor y)
    {
        if (recorder is not null)
        {
            recorder.Cast(x);
            return;
        }

        switch (x.DType)
        {
            case DType.Float32: CastFrom((float*)x.Pointer, y); break;
            case DType.Float64: CastFrom((double*)x.Pointer, y); break;
            case DType.Int32: CastFrom((int*)x.Pointer, y); break;
            case DType.Int64: CastFrom((long*)x.Pointer, y); break;
            default: CastFrom(x.Pointer, y); break;
        }
    }

    static void CastFrom<T>(T* x, Tensor y)
        where T : unmanaged, INumber<T>
    {
        switch (y.DType)
        {
            case DType.Float32: Workers.For(y.Size, Walk.Grain, new Conversion<T, float>(x, (float*)y.Pointer)); break;
            case DType.Float64: Workers.For(y.Size, Walk.Grain, new Conversion<T, double>(x, (double*)y.Pointer)); break;
            case DType.Int32: Workers.For(y.Size, Walk.Grain, new Conversion<T, int>(x, (int*)y.Pointer)); break;
            case DType.Int64: Workers.For(y.Size, Walk.Grain, new Conversion<T, long>(x, (long*)y.Pointer)); break;
            case DType.UInt8: Workers.For(y.Size, Walk.Grain, new Conversion<T, byte>(x, y.Pointer)); break;
            default: Walk.Binary<T, Operators.NotEqual, Row<T>, Same<T>, Bools<T>>(new(x), new(T.Zero), new(y.Pointer), y.Size); break;
        }
    }

    readonly struct Conversion<T, TTo>(T* x, TTo* y) : IRangeWork
        where T : unmanaged, INumber<T>
        where TTo : unmanaged, INumber<TTo>
    {
        const int Most = 1 << 30; // a span's length is an int

        public void Run(long start, long end)
        {
            for (; start < end; start += Most)
            {
                var n = (int)Math.Min(end - start, Most);
                TensorPrimitives.ConvertSaturating(new ReadOnlySpan<T>(x + start, n), new Span<TTo>(y + start, n));
            }
        }
    }
}
