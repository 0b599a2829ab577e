using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Strata.Operations;

namespace Strata.Kernels;

// The movements of data between tensors, each stated as a strided copy.
public partial class CpuKernels
{
    /// <summary>y = x with its axes permuted: axis i of y is axis axes[i] of x.</summary>
    internal unsafe void Transpose(Tensor x, ReadOnlySpan<int> axes, Tensor y)
    {
        Span<long> dense = stackalloc long[x.Rank], s = stackalloc long[x.Rank], t = stackalloc long[x.Rank];
        StridedCopy.Dense(x.Shape, dense);
        StridedCopy.Dense(y.Shape, t);
        for (var i = 0; i < s.Length; i++) s[i] = dense[axes[i]];
        StridedCopy.Run(x.Pointer, s, y.Pointer, t, y.Shape, x.DType.Size());
    }

    /// <summary>y = x repeated along axes of size 1 and new leading axes.</summary>
    internal unsafe void Broadcast(Tensor x, Tensor y)
    {
        Span<long> dense = stackalloc long[x.Rank], s = stackalloc long[y.Rank], t = stackalloc long[y.Rank];
        StridedCopy.Dense(x.Shape, dense);
        StridedCopy.Dense(y.Shape, t);
        s.Clear();
        for (var i = 1; i <= x.Rank; i++)
            if (x.Shape[^i] != 1) s[^i] = dense[^i];
        StridedCopy.Run(x.Pointer, s, y.Pointer, t, y.Shape, x.DType.Size());
    }

    /// <summary>y = the part of x that the extents name.</summary>
    internal unsafe void CopySlice(Tensor x, ReadOnlySpan<Extent> extents, Tensor y)
    {
        Span<long> s = stackalloc long[x.Rank], t = stackalloc long[x.Rank];
        StridedCopy.Dense(x.Shape, s);
        StridedCopy.Dense(y.Shape, t);
        var offset = Strided(s, extents);
        StridedCopy.Run(x.Pointer + (offset * x.DType.Size()), s, y.Pointer, t, y.Shape, x.DType.Size());
    }

    /// <summary>Writes x to the part of y that the extents name.</summary>
    internal unsafe void CopyToSlice(Tensor x, ReadOnlySpan<Extent> extents, Tensor y)
    {
        Span<long> s = stackalloc long[x.Rank], t = stackalloc long[x.Rank];
        StridedCopy.Dense(x.Shape, s);
        StridedCopy.Dense(y.Shape, t);
        var offset = Strided(t, extents);
        StridedCopy.Run(x.Pointer, s, y.Pointer + (offset * x.DType.Size()), t, x.Shape, x.DType.Size());
    }

    /// <summary>Adds x to the part of y that the extents name.</summary>
    internal void AddToSlice(Tensor x, ReadOnlySpan<Extent> extents, Tensor y)
    {
        switch (y.DType)
        {
            case DType.Float32: AddToSlice<float>(x, extents, y); break;
            case DType.Float64: AddToSlice<double>(x, extents, y); break;
            case DType.Int32: AddToSlice<int>(x, extents, y); break;
            case DType.Int64: AddToSlice<long>(x, extents, y); break;
            default: AddToSlice<byte>(x, extents, y); break;
        }
    }

    static unsafe void AddToSlice<T>(Tensor x, ReadOnlySpan<Extent> extents, Tensor y)
        where T : unmanaged, INumber<T>
    {
        if (x.Size == 0) return;
        Span<long> strides = stackalloc long[y.Rank];
        StridedCopy.Dense(y.Shape, strides);
        var target = (T*)y.Pointer + Strided(strides, extents);
        var source = (T*)x.Pointer;
        var width = x.Rank == 0 ? 1 : x.Shape[^1];
        for (var row = 0L; row < x.Size / width; row++, source += width)
        {
            var (at, rest) = (0L, row);
            for (var axis = x.Rank - 2; axis >= 0; axis--)
            {
                (rest, var index) = Math.DivRem(rest, x.Shape[axis]);
                at += index * strides[axis];
            }

            var sum = target + at;
            var step = x.Rank == 0 ? 1 : strides[^1];
            if (step == 1) TensorPrimitives.Add(new ReadOnlySpan<T>(sum, width), new ReadOnlySpan<T>(source, width), new Span<T>(sum, width));
            else
                for (var i = 0; i < width; i++) sum[i * step] += source[i];
        }
    }

    /// <summary>Copies <paramref name="count"/> entries of an axis from x to y, everything along the other axes.</summary>
    internal unsafe void CopyAlong(int axis, Tensor x, int from, Tensor y, int to, int count)
    {
        var size = x.DType.Size();
        var inner = x.Shape[(axis + 1)..].Size;
        StridedCopy.Run(
            x.Pointer + (from * inner * size),
            [x.Shape[axis] * inner, inner, 1],
            y.Pointer + (to * inner * size),
            [y.Shape[axis] * inner, inner, 1],
            [checked((int)x.Shape[..axis].Size), count, checked((int)inner)],
            size);
    }

    /// <summary>Sets all bytes of <paramref name="y"/> to 0, which is the number 0 in every type.</summary>
    internal static unsafe void Clear(Tensor y) => NativeMemory.Clear(y.Pointer, (nuint)(y.Size * y.DType.Size()));

    static long Strided(Span<long> strides, ReadOnlySpan<Extent> extents)
    {
        var offset = 0L;
        for (var i = 0; i < strides.Length; i++)
        {
            offset += extents[i].Start * strides[i];
            strides[i] *= extents[i].Step;
        }

        return offset;
    }
}
