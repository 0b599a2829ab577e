namespace Strata;

/// <summary>What an indexer takes along one axis: an index, a range, every n-th element of a range, a new axis or all the axes that
/// remain. Integers, <see cref="Index"/> and <see cref="Range"/> convert by themselves: <c>x[1..3, ^1, ..]</c>.</summary>
public readonly struct AxisIndex
{
    internal enum Kind
    {
        Element,
        Elements,
        New,
        Rest,
    }

    AxisIndex(Kind what, Range range = default, int step = 1)
    {
        What = what;
        Range = range;
        Step = step;
    }

    /// <summary>A new axis of size 1 at this place.</summary>
    public static AxisIndex NewAxis => new(Kind.New);

    /// <summary>As many whole axes as the other indices leave; at most once in an indexer. NumPy's <c>...</c></summary>
    public static AxisIndex Rest => new(Kind.Rest);

    internal Kind What { get; }

    internal Range Range { get; }

    internal int Step { get; }

    /// <summary>Every <paramref name="step"/>-th element of a range, from its first on, or for a negative step from its last on backward:
    /// <c>x[AxisIndex.Every(.., -1)]</c> reverses an axis.</summary>
    /// <exception cref="ShapeException">The step is 0.</exception>
    public static AxisIndex Every(Range range, int step) => step != 0
        ? new(Kind.Elements, range, step)
        : throw new ShapeException("AxisIndex.Every: the step is 0; it must be positive or negative.");

    /// <summary>One element; the axis is dropped.</summary>
    public static implicit operator AxisIndex(int index) => index >= 0
        ? (Index)index
        : throw new ShapeException($"Index: {index} is negative; count from the end with ^{-(long)index}.");

    /// <summary>One element, possibly counted from the end; the axis is dropped.</summary>
    public static implicit operator AxisIndex(Index index) => new(Kind.Element, index..index);

    /// <summary>The elements of a range.</summary>
    public static implicit operator AxisIndex(Range range) => new(Kind.Elements, range);

    /// <summary>The extent of this index on an axis.</summary>
    internal Operations.Extent On(Shape shape, int axis, string operation)
    {
        var size = shape[axis];
        var start = Range.Start.GetOffset(size);
        if (What == Kind.Element)
        {
            if (start < 0 || start >= size) throw new ShapeException($"{operation}: index {Range.Start} is outside axis {axis} of {shape}, which has {size} elements.");
            return new(start, 1);
        }

        var end = Range.End.GetOffset(size);
        if (start < 0 || end > size || start > end) throw new ShapeException($"{operation}: range {Range} is outside axis {axis} of {shape}, which has {size} elements.");
        var count = (int)((end - start + Math.Abs((long)Step) - 1) / Math.Abs((long)Step));
        return count == 0 ? new(start, 0) : new(Step > 0 ? start : end - 1, count, Step);
    }
}
