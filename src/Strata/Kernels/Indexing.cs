using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Strata.Threading;

namespace Strata.Kernels;

// Look-ups and their adjoints. All indices are checked before anything is written. A sum into repeated positions is cut among the
// threads by destination, so that its order of additions, and with it its result, is the same for any number of them.
public partial class CpuKernels
{
    const long IndexingGrain = 1 << 16; // elements a thread at least

    /// <summary>y[o, p, :] = x[o, indices[p], :].</summary>
    internal unsafe void Gather(string operation, Tensor x, int axis, Tensor indices, Tensor y)
    {
        var (count, inner) = (indices.Size, x.Shape[(axis + 1)..].Size);
        var rows = ArrayPool<int>.Shared.Rent(checked((int)count));
        try
        {
            CheckedIndices(operation, indices, x.Shape[axis], rows);
            if (y.Size == 0) return;
            fixed (int* p = rows)
            {
                var work = new GatherRows
                {
                    Source = x.Pointer,
                    Target = y.Pointer,
                    Rows = p,
                    Count = count,
                    Size = x.Shape[axis],
                    RowBytes = inner * x.DType.Size(),
                };
                Workers.For(x.Shape[..axis].Size * count, Math.Max(1, IndexingGrain / inner), work);
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rows);
        }
    }

    /// <summary>y = 0, then y[o, indices[p], :] += x[o, p, :] for p in order.</summary>
    internal unsafe void ScatterSum(string operation, Tensor x, int axis, Tensor indices, Tensor y)
    {
        var rows = ArrayPool<int>.Shared.Rent(checked((int)indices.Size));
        try
        {
            CheckedIndices(operation, indices, y.Shape[axis], rows);
            Clear(y);
            if (x.Size == 0) return;
            fixed (int* p = rows)
            {
                switch (x.DType)
                {
                    case DType.Float32: ScatterSum<float>(x, axis, p, indices.Size, y); break;
                    case DType.Float64: ScatterSum<double>(x, axis, p, indices.Size, y); break;
                    case DType.Int32: ScatterSum<int>(x, axis, p, indices.Size, y); break;
                    case DType.Int64: ScatterSum<long>(x, axis, p, indices.Size, y); break;
                    default: ScatterSum<byte>(x, axis, p, indices.Size, y); break;
                }
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rows);
        }
    }

    static unsafe void ScatterSum<T>(Tensor x, int axis, int* rows, long count, Tensor y)
        where T : unmanaged, INumber<T>
    {
        var work = new ScatterColumns<T>
        {
            Source = (T*)x.Pointer,
            Target = (T*)y.Pointer,
            Rows = rows,
            Count = count,
            Size = y.Shape[axis],
            Inner = y.Shape[(axis + 1)..].Size,
        };
        Workers.For(y.Shape[..axis].Size * work.Inner, Math.Max(16, IndexingGrain / count), work);
    }

    /// <summary>The positions in the flattened tensor whose axis has <paramref name="size"/> elements and else the indices' shape.</summary>
    internal void AlongPositions(string operation, Tensor indices, int axis, int size, Tensor y)
    {
        var rows = ArrayPool<int>.Shared.Rent(checked((int)indices.Size));
        try
        {
            CheckedIndices(operation, indices, size, rows);
            var positions = Write<long>(y);
            var (inner, count) = (indices.Shape[(axis + 1)..].Size, indices.Shape[axis]);
            var i = 0;
            for (var o = 0L; i < positions.Length; o++)
                for (var p = 0; p < count; p++)
                    for (var j = 0L; j < inner; j++, i++) positions[i] = (((o * size) + rows[i]) * inner) + j;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rows);
        }
    }

    /// <summary>The row-major positions of points of a tensor of <paramref name="shape"/>.</summary>
    internal void PointPositions(string operation, Tensor points, Shape shape, Tensor y)
    {
        var positions = Write<long>(y);
        var wide = points.DType == DType.Int64 ? Read<long>(points) : default;
        var narrow = points.DType == DType.Int32 ? Read<int>(points) : default;
        for (var i = 0; i < positions.Length; i++)
        {
            var position = 0L;
            for (var axis = 0; axis < shape.Rank; axis++)
            {
                var at = (i * shape.Rank) + axis;
                var index = wide.IsEmpty ? narrow[at] : wide[at];
                if (index < 0 || index >= shape[axis])
                    throw new ShapeException($"{operation}: coordinate {index} on axis {axis} of the point at position {i} is outside {Interval(shape[axis])}");
                position = (position * shape[axis]) + index;
            }

            positions[i] = position;
        }
    }

    /// <summary>y = 0 but for a 1 at y[p, x[p]].</summary>
    internal void OneHot(Tensor x, Tensor y)
    {
        var rows = ArrayPool<int>.Shared.Rent(checked((int)x.Size));
        try
        {
            var depth = y.Shape[^1];
            CheckedIndices("OneHot", x, depth, rows);
            Clear(y);
            switch (y.DType)
            {
                case DType.Float32: Ones(Write<float>(y), rows, x.Size, depth); break;
                case DType.Float64: Ones(Write<double>(y), rows, x.Size, depth); break;
                case DType.Int32: Ones(Write<int>(y), rows, x.Size, depth); break;
                case DType.Int64: Ones(Write<long>(y), rows, x.Size, depth); break;
                case DType.UInt8: Ones(Write<byte>(y), rows, x.Size, depth); break;
                default: Ones(MemoryMarshal.AsBytes(Write<bool>(y)), rows, x.Size, depth); break;
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rows);
        }

        static void Ones<T>(Span<T> y, int[] rows, long count, int depth)
            where T : INumber<T>
        {
            for (var p = 0; p < count; p++) y[(p * depth) + rows[p]] = T.One;
        }
    }

    static void CheckedIndices(string operation, Tensor indices, int size, int[] rows)
    {
        if (indices.DType == DType.Int32) Check(operation, indices, indices.AsSpan<int>(), size, rows);
        else if (indices.DType == DType.Int64) Check(operation, indices, indices.AsSpan<long>(), size, rows);
        else Check(operation, indices, indices.AsSpan<byte>(), size, rows);

        static void Check<T>(string operation, Tensor indices, ReadOnlySpan<T> values, int size, int[] rows)
            where T : unmanaged, IBinaryInteger<T>
        {
            for (var i = 0; i < values.Length; i++)
            {
                var index = long.CreateTruncating(values[i]);
                if ((ulong)index >= (ulong)size) throw new ShapeException($"{operation}: index {index} at position {Coordinates(i, indices.Shape)} is outside {Interval(size)}");
                rows[i] = (int)index;
            }
        }
    }

    static string Coordinates(long position, Shape shape)
    {
        if (shape.Rank < 2) return $"{position}";
        var coordinates = new long[shape.Rank];
        for (var axis = shape.Rank - 1; axis >= 0; axis--)
        {
            coordinates[axis] = position % shape[axis];
            position /= shape[axis];
        }

        return $"[{string.Join(", ", coordinates)}]";
    }

    static string Interval(int size) => size == 0 ? "an axis of no elements" : $"0 … {size - 1}";

    unsafe struct GatherRows : IRangeWork
    {
        public byte* Source, Target;
        public int* Rows;
        public long Count, Size, RowBytes;

        public readonly void Run(long start, long end)
        {
            var (o, p) = (start / Count, start % Count);
            for (var i = start; i < end; i++)
            {
                var row = (o * Size) + Rows[p];
                if (RowBytes == 4) ((uint*)Target)[i] = ((uint*)Source)[row];
                else if (RowBytes == 8) ((ulong*)Target)[i] = ((ulong*)Source)[row];
                else NativeMemory.Copy(Source + (row * RowBytes), Target + (i * RowBytes), (nuint)RowBytes);
                if (++p == Count) (o, p) = (o + 1, 0);
            }
        }
    }

    // An item is one column (o, j) of the destination [o, :, j].
    unsafe struct ScatterColumns<T> : IRangeWork
        where T : unmanaged, INumber<T>
    {
        public T* Source, Target;
        public int* Rows;
        public long Count, Size, Inner;

        public readonly void Run(long start, long end)
        {
            while (start < end)
            {
                var (o, j) = (start / Inner, start % Inner);
                var width = Math.Min(Inner - j, end - start);
                var x = Source + (o * Count * Inner) + j;
                var y = Target + (o * Size * Inner) + j;
                for (var p = 0L; p < Count; p++) Add(x + (p * Inner), y + (Rows[p] * Inner), (int)width);
                start += width;
            }
        }

        static void Add(T* x, T* y, int n)
        {
            if (n < 8)
            {
                for (var i = 0; i < n; i++) y[i] += x[i];
            }
            else
            {
                TensorPrimitives.Add(new ReadOnlySpan<T>(x, n), new ReadOnlySpan<T>(y, n), new Span<T>(y, n));
            }
        }
    }
}
