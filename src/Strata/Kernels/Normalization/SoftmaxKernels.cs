using System.Numerics;
using Strata.Kernels.Normalization;
using Strata.Kernels.Vectors;

namespace Strata.Kernels;

public unsafe partial class CpuKernels
{
    /// <summary>Softmax or a relative over the last axis of x, which is not empty; labels are int64, one a row, and have been checked.</summary>
    internal void Softmax(SoftmaxResult wanted, Tensor x, Tensor y, Tensor? labels = null, Tensor? dy = null)
    {
        if (x.Size == 0) return;
        var n = x.Shape[^1];
        var at = labels is null ? null : (long*)labels.Pointer;
        var cotangent = dy is null ? null : dy.Pointer;
        if (x.DType == DType.Float32) Softmax(wanted, (float*)x.Pointer, x.Size / n, n, (float*)y.Pointer, at, (float*)cotangent);
        else Softmax(wanted, (double*)x.Pointer, x.Size / n, n, (double*)y.Pointer, at, (double*)cotangent);
    }

    static void Softmax<T>(SoftmaxResult wanted, T* x, long rows, long n, T* y, long* labels, T* dy)
        where T : unmanaged, INumber<T>
    {
        switch (Simd.Level)
        {
            case SimdLevel.Vector512: SoftmaxRows<V512<T>, T>.Run(wanted, x, rows, n, y, labels, dy); break;
            case SimdLevel.Vector256: SoftmaxRows<V256<T>, T>.Run(wanted, x, rows, n, y, labels, dy); break;
            case SimdLevel.Vector128: SoftmaxRows<V128<T>, T>.Run(wanted, x, rows, n, y, labels, dy); break;
            default: SoftmaxRows<V1<T>, T>.Run(wanted, x, rows, n, y, labels, dy); break;
        }
    }

    /// <summary>The first label outside 0 … classes − 1 and its place, or null.</summary>
    internal static (long Label, long Place)? BadLabel(Tensor labels, int classes)
    {
        var p = (long*)labels.Pointer;
        for (var i = 0L; i < labels.Size; i++)
            if ((ulong)p[i] >= (ulong)classes) return (p[i], i);
        return null;
    }
}
