using Strata.Operations;

namespace Strata;

public sealed partial class Tensor
{
    /// <summary>This tensor laid side by side with itself, <paramref name="counts"/>[i] times along axis i: [a b] → [a b a b].</summary>
    /// <exception cref="ShapeException">A count is negative, or there is not one for each axis.</exception>
    public Tensor Tile(params ReadOnlySpan<int> counts)
    {
        if (counts.Length != Rank) throw new ShapeException($"Tile: {counts.Length} counts were given for the {Rank} axes of {Shape}.");
        Span<int> apart = stackalloc int[2 * Rank], wide = stackalloc int[2 * Rank], sizes = stackalloc int[Rank];
        for (var i = 0; i < Rank; i++)
        {
            if (counts[i] < 0) throw new ShapeException($"Tile: the count {counts[i]} of axis {i} must be 0 or more.");
            (apart[2 * i], apart[(2 * i) + 1]) = (1, Shape[i]);
            (wide[2 * i], wide[(2 * i) + 1]) = (counts[i], Shape[i]);
            sizes[i] = Extent.Longer((long)counts[i] * Shape[i], "Tile");
        }

        return Reshape(apart).BroadcastTo(Shape.Of(wide)).Reshape(sizes);
    }

    /// <summary>Each entry along <paramref name="axis"/> <paramref name="count"/> times: [a b] → [a a b b].</summary>
    /// <exception cref="ShapeException">The count is negative.</exception>
    public Tensor Repeat(int count, int axis)
    {
        var at = Shape.Axis(axis, "Repeat");
        if (count < 0) throw new ShapeException($"Repeat: the count {count} must be 0 or more.");
        var one = ExpandDims(at + 1);
        return one.BroadcastTo(one.Shape.With(at + 1, count)).Reshape(Shape.With(at, Extent.Longer((long)Shape[at] * count, "Repeat")));
    }
}
