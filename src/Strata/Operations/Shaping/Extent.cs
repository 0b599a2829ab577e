namespace Strata.Operations;

/// <summary>Count elements of one axis: Start, Start + Step, …; Step may be negative but not 0.</summary>
internal readonly record struct Extent(int Start, int Count, int Step = 1)
{
    /// <summary>All of an axis.</summary>
    public static Extent All(int size) => new(0, size);

    /// <summary>All of every axis of a shape, one of them replaced.</summary>
    public static ValueList<Extent> Along(Shape shape, int axis, Extent extent)
    {
        var extents = new Extent[shape.Rank];
        for (var i = 0; i < extents.Length; i++) extents[i] = i == axis ? extent : All(shape[i]);
        return new ValueList<Extent>(extents);
    }

    /// <summary>Whether all steps go forward, so that a tensor that is put into the whole of itself stays where it is.</summary>
    public static bool AreForward(ValueList<Extent> extents)
    {
        foreach (var extent in extents.Span)
            if (extent.Step < 0) return false;
        return true;
    }

    /// <summary>The size of an axis that an operation makes longer.</summary>
    /// <exception cref="TensorMemoryException">The size does not fit 32 bits.</exception>
    public static int Longer(long size, string operation) => size <= int.MaxValue
        ? (int)size
        : throw new TensorMemoryException($"{operation}: an axis would have {size} elements; it can have {int.MaxValue}.");

    /// <summary>The shape of a slice with these extents.</summary>
    public static Shape ShapeOf(ValueList<Extent> extents)
    {
        Span<int> sizes = stackalloc int[extents.Count];
        for (var i = 0; i < sizes.Length; i++) sizes[i] = extents[i].Count;
        return Shape.Of(sizes);
    }
}
