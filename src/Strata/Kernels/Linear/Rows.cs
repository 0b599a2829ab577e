using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Strata.Kernels.Linear;

/// <summary>What the factorizations do with rows of a row-major matrix, whole rows at a time so that it vectorizes.</summary>
internal static class Rows
{
    public static Span<double> Row(this Span<double> matrix, int row, int columns) => matrix.Slice(row * columns, columns);

    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => x.IsEmpty ? 0 : TensorPrimitives.Dot(x, y);

    /// <summary>y += factor·x.</summary>
    public static void AddScaled(ReadOnlySpan<double> x, double factor, Span<double> y) => TensorPrimitives.MultiplyAdd(x, factor, y, y);

    public static void Scale(Span<double> x, double factor) => TensorPrimitives.Multiply(x, factor, x);

    public static void Swap(Span<double> x, Span<double> y)
    {
        for (var i = 0; i < x.Length; i++) (x[i], y[i]) = (y[i], x[i]);
    }

    /// <summary>(x, y) ← (c·x − s·y, s·x + c·y), a plane rotation.</summary>
    public static void Rotate(Span<double> x, Span<double> y, double c, double s)
    {
        var i = 0;
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var y0 = ref MemoryMarshal.GetReference(y);
        for (var width = Vector<double>.Count; i <= x.Length - width; i += width)
        {
            var (p, q) = (Vector.LoadUnsafe(ref x0, (nuint)i), Vector.LoadUnsafe(ref y0, (nuint)i));
            ((p * c) - (q * s)).StoreUnsafe(ref x0, (nuint)i);
            ((p * s) + (q * c)).StoreUnsafe(ref y0, (nuint)i);
        }

        for (; i < x.Length; i++) (x[i], y[i]) = ((c * x[i]) - (s * y[i]), (s * x[i]) + (c * y[i]));
    }

    /// <summary>Makes the rows an identity matrix.</summary>
    public static void Identity(Span<double> matrix, int size)
    {
        matrix.Clear();
        for (var i = 0; i < size; i++) matrix[(i * size) + i] = 1;
    }
}
