using System.Collections;
using System.Runtime.CompilerServices;

namespace Strata;

/// <summary>The sizes of a tensor's axes, outermost first. The empty shape is a scalar. Written as a collection expression:
/// <c>Shape s = [128, 28, 28, 1];</c>, read with indices and ranges: <c>s[^1]</c>, <c>s[1..]</c>.</summary>
[CollectionBuilder(typeof(Shape), nameof(Of))]
public readonly struct Shape : IEquatable<Shape>, IEnumerable<int>
{
    readonly int[]? sizes;

    Shape(int[] sizes) => this.sizes = sizes;

    /// <summary>The shape with the given sizes.</summary>
    /// <exception cref="ShapeException">A size is negative, or the number of elements exceeds 2⁶³ − 1.</exception>
    public static Shape Of(params ReadOnlySpan<int> sizes)
    {
        if (sizes.Length == 0) return default;
        var total = 1L;
        foreach (var size in sizes)
        {
            if (size < 0) throw new ShapeException($"Shape: a size is negative in [{Join(sizes)}]; sizes are 0 or more.");
            if (Math.BigMul(total, (long)size, out var low) != 0 || low < 0)
                throw new TensorMemoryException($"Shape: [{Join(sizes)}] has more than 2^63 elements.");
            total = low;
        }

        return new Shape(sizes.ToArray());
    }

    /// <summary>The number of axes.</summary>
    public int Rank => sizes?.Length ?? 0;

    /// <summary>The number of elements: the product of the sizes, 1 for a scalar.</summary>
    public long Size
    {
        get
        {
            var total = 1L;
            foreach (var size in Span) total *= size;
            return total;
        }
    }

    /// <summary>The sizes as a span.</summary>
    public ReadOnlySpan<int> Span => sizes;

    /// <summary>The size of the axis <paramref name="axis"/>.</summary>
    public int this[int axis] => sizes![axis];

    /// <summary>The size of an axis, counted from the end with <c>^</c>.</summary>
    public int this[Index axis] => sizes![axis.GetOffset(Rank)];

    /// <summary>The shape of the axes in a range.</summary>
    public Shape this[Range axes] => Of(Span[axes]);

    /// <summary>The sizes, where a span of sizes is asked for.</summary>
    public static implicit operator ReadOnlySpan<int>(Shape shape) => shape.Span;

    /// <summary>This shape with the size of one axis replaced.</summary>
    public Shape With(Index axis, int size)
    {
        var copy = Span.ToArray();
        copy[axis] = size;
        return Of(copy);
    }

    /// <summary>This shape without one axis.</summary>
    public Shape Without(int axis) => [.. Span[..axis], .. Span[(axis + 1)..]];

    /// <summary>This shape followed by <paramref name="other"/>.</summary>
    public Shape Concat(Shape other) => [.. Span, .. other.Span];

    /// <summary>The axis counted from 0 for one that may be negative (−1 is the last).</summary>
    /// <param name="axis">The axis, in −rank … rank − 1.</param>
    /// <param name="operation">The name that the error begins with.</param>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public int Axis(int axis, string operation) => axis >= -Rank && axis < Rank
        ? (axis + Rank) % Math.Max(Rank, 1)
        : throw new ShapeException(Rank == 0
            ? $"{operation}: axis {axis} of a scalar, which has no axes."
            : $"{operation}: axis {axis} does not exist in {this}; axes are {-Rank} … {Rank - 1}.");

    /// <summary>NumPy's broadcast of two shapes: aligned at the last axis, sizes equal or one of them 1.</summary>
    /// <exception cref="ShapeException">The shapes do not fit; the message names <paramref name="operation"/> and the two sizes.</exception>
    public static Shape Broadcast(Shape a, Shape b, string operation)
    {
        if (a.Equals(b)) return a;
        if (a.Rank == 0) return b;
        if (b.Rank == 0) return a;
        var result = new int[Math.Max(a.Rank, b.Rank)];
        for (var i = 1; i <= result.Length; i++)
        {
            var p = i <= a.Rank ? a[^i] : 1;
            var q = i <= b.Rank ? b[^i] : 1;
            if (p != q && p != 1 && q != 1)
                throw new ShapeException($"{operation}: shapes {a} and {b} do not broadcast: axis −{i} has sizes {p} and {q}; they must be equal or one of them 1.");
            result[^i] = p == 1 ? q : p;
        }

        return new Shape(result);
    }

    /// <inheritdoc/>
    public bool Equals(Shape other) => ReferenceEquals(sizes, other.sizes) || Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var size in Span) hash.Add(size);
        return hash.ToHashCode();
    }

    /// <summary>As in <c>[128, 784]</c>.</summary>
    public override string ToString() => $"[{Join(Span)}]";

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)(sizes ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether two shapes have the same sizes.</summary>
    public static bool operator ==(Shape a, Shape b) => a.Equals(b);

    /// <summary>Whether two shapes differ.</summary>
    public static bool operator !=(Shape a, Shape b) => !a.Equals(b);

    static string Join(ReadOnlySpan<int> sizes) => string.Join(", ", sizes.ToArray());
}
