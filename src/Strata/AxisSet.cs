using System.Numerics;

namespace Strata;

/// <summary>A set of axes of one tensor as bits, each counted from 0: what a reduction's record holds. At most 32 axes.</summary>
public readonly record struct AxisSet(uint Bits)
{
    /// <summary>All axes of a tensor of the given rank.</summary>
    public static AxisSet All(int rank) => new(rank == 32 ? uint.MaxValue : (1u << rank) - 1);

    /// <summary>The set of the given axes, which may be negative; none given means all.</summary>
    /// <exception cref="ShapeException">An axis does not exist or stands twice.</exception>
    public static AxisSet Of(ReadOnlySpan<int> axes, Shape shape, string operation)
    {
        if (axes.Length == 0) return All(shape.Rank);
        var bits = 0u;
        foreach (var axis in axes)
        {
            var bit = 1u << shape.Axis(axis, operation);
            if ((bits & bit) != 0) throw new ShapeException($"{operation}: axis {axis} is named twice.");
            bits |= bit;
        }

        return new AxisSet(bits);
    }

    /// <summary>How many axes the set holds.</summary>
    public int Count => BitOperations.PopCount(Bits);

    /// <summary>Whether the set holds <paramref name="axis"/>.</summary>
    public bool Contains(int axis) => (Bits >> axis & 1) != 0;

    /// <summary>As in <c>[0, 2]</c>.</summary>
    public override string ToString()
    {
        var bits = Bits;
        return $"[{string.Join(", ", Enumerable.Range(0, 32).Where(axis => (bits >> axis & 1) != 0))}]";
    }

    /// <summary>The shape that remains of <paramref name="shape"/> when these axes are reduced: dropped, or kept with size 1.</summary>
    public Shape Reduce(Shape shape, bool keepDims)
    {
        Span<int> sizes = stackalloc int[shape.Rank];
        var n = 0;
        for (var axis = 0; axis < shape.Rank; axis++)
            if (!Contains(axis)) sizes[n++] = shape[axis];
            else if (keepDims) sizes[n++] = 1;
        return Shape.Of(sizes[..n]);
    }

    /// <summary>How many elements of <paramref name="shape"/> are reduced to one.</summary>
    public long ReducedSize(Shape shape)
    {
        var total = 1L;
        for (var axis = 0; axis < shape.Rank; axis++)
            if (Contains(axis)) total *= shape[axis];
        return total;
    }
}
