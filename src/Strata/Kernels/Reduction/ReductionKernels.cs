using System.Numerics;
using System.Runtime.InteropServices;
using Strata.Kernels.Elementwise;
using Strata.Kernels.Reduction;
using Strata.Kernels.Vectors;

namespace Strata.Kernels;

public unsafe partial class CpuKernels
{
    /// <summary>y = the elements f(x) combined over the axes; y has the elements of x's shape without them.</summary>
    internal void Reduce<TMap, TOp>(Tensor x, AxisSet axes, Tensor y)
        where TMap : struct, IUnaryOperator
        where TOp : struct, IReduction
    {
        switch (x.DType)
        {
            case DType.Float32: Reduce<float, TMap, TOp>((float*)x.Pointer, x.Shape, axes, (float*)y.Pointer); break;
            case DType.Float64: Reduce<double, TMap, TOp>((double*)x.Pointer, x.Shape, axes, (double*)y.Pointer); break;
            case DType.Int32: Reduce<int, TMap, TOp>((int*)x.Pointer, x.Shape, axes, (int*)y.Pointer); break;
            case DType.Int64: Reduce<long, TMap, TOp>((long*)x.Pointer, x.Shape, axes, (long*)y.Pointer); break;
            default: Reduce<byte, TMap, TOp>(x.Pointer, x.Shape, axes, y.Pointer); break;
        }
    }

    static void Reduce<T, TMap, TOp>(T* x, Shape shape, AxisSet axes, T* y)
        where T : unmanaged, INumber<T>
        where TMap : struct, IUnaryOperator
        where TOp : struct, IReduction
    {
        // Neighbouring axes that are both reduced or both kept count as one.
        Span<long> sizes = stackalloc long[shape.Rank + 1];
        Span<bool> reduced = stackalloc bool[shape.Rank + 1];
        var groups = 0;
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            if (shape[axis] == 1) continue;
            if (groups > 0 && reduced[groups - 1] == axes.Contains(axis)) sizes[groups - 1] *= shape[axis];
            else (sizes[groups], reduced[groups], groups) = (shape[axis], axes.Contains(axis), groups + 1);
        }

        Groups<T, TMap, TOp>(x, sizes[..groups], reduced[..groups], y);
    }

    /// <summary>Reduces the innermost reduced group, then, if there are others, the result.</summary>
    static void Groups<T, TMap, TOp>(T* x, ReadOnlySpan<long> sizes, ReadOnlySpan<bool> reduced, T* y)
        where T : unmanaged, INumber<T>
        where TMap : struct, IUnaryOperator
        where TOp : struct, IReduction
    {
        var last = reduced.LastIndexOf(true);
        if (last < 0)
        {
            Walk.Unary(x, y, Product(sizes), default(TMap));
            return;
        }

        var (outer, inner) = (Product(sizes[..last]), Product(sizes[(last + 1)..]));
        if (last <= 1)
        {
            Reduce<T, TMap, TOp>(x, outer, sizes[last], inner, y);
            return;
        }

        var partial = (T*)NativeMemory.Alloc((nuint)(outer * inner), (nuint)sizeof(T));
        try
        {
            Reduce<T, TMap, TOp>(x, outer, sizes[last], inner, partial);
            Groups<T, Operators.Identity, TOp>(partial, [.. sizes[..last], .. sizes[(last + 1)..]], [.. reduced[..last], .. reduced[(last + 1)..]], y);
        }
        finally
        {
            NativeMemory.Free(partial);
        }
    }

    static void Reduce<T, TMap, TOp>(T* x, long outer, long n, long inner, T* y)
        where T : unmanaged, INumber<T>
        where TMap : struct, IUnaryOperator
        where TOp : struct, IReduction
    {
        if (n == 0)
        {
            new Span<T>(y, checked((int)(outer * inner))).Fill(TOp.Identity<T>());
            return;
        }

        if (outer == 0 || inner == 0) return;
        switch (Simd.Level)
        {
            case SimdLevel.Vector512: Reduce<V512<T>, T, TMap, TOp>(x, outer, n, inner, y); break;
            case SimdLevel.Vector256: Reduce<V256<T>, T, TMap, TOp>(x, outer, n, inner, y); break;
            case SimdLevel.Vector128: Reduce<V128<T>, T, TMap, TOp>(x, outer, n, inner, y); break;
            default: Reduce<V1<T>, T, TMap, TOp>(x, outer, n, inner, y); break;
        }
    }

    static void Reduce<V, T, TMap, TOp>(T* x, long outer, long n, long inner, T* y)
        where V : struct, IVector<V, T>
        where T : unmanaged, INumber<T>
        where TMap : struct, IUnaryOperator
        where TOp : struct, IReduction
    {
        if (inner == 1) RowReduction<V, T, TMap, TOp>.Run(x, outer, n, y);
        else ColumnReduction<V, T, TMap, TOp>.Run(x, outer, n, inner, y);
    }

    /// <summary>y = the positions (int64) of the greatest or least elements along an axis that is not empty.</summary>
    internal void ArgReduce<TOp>(Tensor x, int axis, Tensor y)
        where TOp : struct, IReduction
    {
        var (outer, n, inner) = (x.Shape[..axis].Size, x.Shape[axis], x.Shape[(axis + 1)..].Size);
        switch (x.DType)
        {
            case DType.Float32: ArgReduce<float, TOp>((float*)x.Pointer, outer, n, inner, (long*)y.Pointer); break;
            case DType.Float64: ArgReduce<double, TOp>((double*)x.Pointer, outer, n, inner, (long*)y.Pointer); break;
            case DType.Int32: ArgReduce<int, TOp>((int*)x.Pointer, outer, n, inner, (long*)y.Pointer); break;
            case DType.Int64: ArgReduce<long, TOp>((long*)x.Pointer, outer, n, inner, (long*)y.Pointer); break;
            default: ArgReduce<byte, TOp>(x.Pointer, outer, n, inner, (long*)y.Pointer); break;
        }
    }

    static void ArgReduce<T, TOp>(T* x, long outer, long n, long inner, long* y)
        where T : unmanaged, INumber<T>
        where TOp : struct, IReduction
    {
        switch (Simd.Level)
        {
            case SimdLevel.Vector512: ArgReduction<V512<T>, T, TOp>.Run(x, outer, n, inner, y); break;
            case SimdLevel.Vector256: ArgReduction<V256<T>, T, TOp>.Run(x, outer, n, inner, y); break;
            case SimdLevel.Vector128: ArgReduction<V128<T>, T, TOp>.Run(x, outer, n, inner, y); break;
            default: ArgReduction<V1<T>, T, TOp>.Run(x, outer, n, inner, y); break;
        }
    }

    static long Product(ReadOnlySpan<long> sizes)
    {
        var product = 1L;
        foreach (var size in sizes) product *= size;
        return product;
    }
}
