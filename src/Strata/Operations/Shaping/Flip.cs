using Strata.Operations;

namespace Strata;

public sealed partial class Tensor
{
    /// <summary>This tensor with the order of the entries along the given axes reversed; along all axes if none is given.</summary>
    public Tensor Flip(params ReadOnlySpan<int> axes)
    {
        var set = AxisSet.Of(axes, Shape, "Flip");
        var extents = new Extent[Rank];
        for (var i = 0; i < Rank; i++) extents[i] = set.Contains(i) && Shape[i] > 0 ? new Extent(Shape[i] - 1, Shape[i], -1) : Extent.All(Shape[i]);
        return new Slice(new ValueList<Extent>(extents)).Apply(this);
    }

    /// <summary>The entries along <paramref name="axis"/> moved by <paramref name="shift"/> places (negative: toward the front); those that
    /// leave at one end come in at the other.</summary>
    public Tensor Roll(int shift, int axis)
    {
        var at = Shape.Axis(axis, "Roll");
        var size = Shape[at];
        if (size == 0 || shift % size == 0) return this;
        var cut = (int)((size - ((long)shift % size)) % size);
        var parts = Split([cut, size - cut], at);
        return Concatenate([parts[1], parts[0]], at);
    }
}
