using Strata.Operations;

namespace Strata;

public sealed partial class Tensor
{
    /// <summary>The same elements in the same order under another shape; shares the memory. One size may be −1: it is what remains.</summary>
    /// <exception cref="ShapeException">The number of elements differs.</exception>
    public Tensor Reshape(params ReadOnlySpan<int> sizes)
    {
        Span<int> whole = stackalloc int[sizes.Length];
        sizes.CopyTo(whole);
        var open = sizes.IndexOf(-1);
        if (open >= 0)
        {
            var known = 1L;
            for (var i = 0; i < sizes.Length; i++)
                if (i != open) known *= sizes[i];
            if (known <= 0 || Size % known != 0 || sizes[(open + 1)..].Contains(-1))
                throw new ShapeException($"Reshape: {Shape} has {Size} elements and does not fill [{string.Join(", ", sizes.ToArray())}] for any size in place of −1.");
            whole[open] = checked((int)(Size / known));
        }

        return new Alias(Shape.Of(whole)).Apply(this);
    }

    /// <summary>All elements as a vector.</summary>
    public Tensor Flatten() => Reshape(-1);

    /// <summary>An axis of size 1 added before <paramref name="axis"/> (−1: at the end).</summary>
    public Tensor ExpandDims(int axis)
    {
        if (axis < -Rank - 1 || axis > Rank) throw new ShapeException($"ExpandDims: axis {axis} does not exist for {Shape}; axes are {-Rank - 1} … {Rank}.");
        var at = axis < 0 ? axis + Rank + 1 : axis;
        return new Alias([.. Shape.Span[..at], 1, .. Shape.Span[at..]]).Apply(this);
    }

    /// <summary>Without the given axes, which must have size 1; without all such axes if none is given.</summary>
    public Tensor Squeeze(params ReadOnlySpan<int> axes)
    {
        var drop = axes.Length > 0 ? AxisSet.Of(axes, Shape, "Squeeze") : default;
        var sizes = new List<int>();
        for (var axis = 0; axis < Rank; axis++)
        {
            if (axes.Length == 0 ? Shape[axis] != 1 : !drop.Contains(axis)) sizes.Add(Shape[axis]);
            else if (Shape[axis] != 1) throw new ShapeException($"Squeeze: axis {axis} of {Shape} has size {Shape[axis]}, not 1.");
        }

        return new Alias(Shape.Of(sizes.ToArray())).Apply(this);
    }
}
