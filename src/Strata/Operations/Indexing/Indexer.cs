using System.Runtime.CompilerServices;
using Strata.Operations;

namespace Strata;

public sealed partial class Tensor
{
    /// <summary>For indexers: a new axis of size 1, as in <c>x[.., Tensor.NewAxis]</c>.</summary>
    public static AxisIndex NewAxis => AxisIndex.NewAxis;

    /// <summary>A part of this tensor, by one index or range an axis: <c>x[1..3]</c>, <c>x[^1]</c>, <c>x[.., 2]</c>. An index drops its
    /// axis; axes that are not named stay whole.</summary>
    /// <exception cref="ShapeException">An index or range reaches outside its axis, or there are more indices than axes.</exception>
    [IndexerName("Part")]
    public Tensor this[params ReadOnlySpan<AxisIndex> indices]
    {
        get
        {
            var (extents, shape) = Resolve("Index", indices);
            var part = extents.Span.SequenceEqual(Extent.Along(Shape, -1, default).Span) ? this : new Slice(extents).Apply(this);
            return part.Shape == shape ? part : part.Reshape(shape);
        }
    }

    /// <summary>A copy in which the part that <paramref name="indices"/> name is <paramref name="value"/>, broadcast to it and converted
    /// to this tensor's type.</summary>
    /// <exception cref="ShapeException">An index reaches outside its axis, or the value does not broadcast to the part.</exception>
    public Tensor WithSlice(Tensor value, params ReadOnlySpan<AxisIndex> indices)
    {
        var (extents, shape) = Resolve("WithSlice", indices);
        return new WithSlice(extents).Apply(this, Fitted("WithSlice", value, shape, extents));
    }

    /// <summary>A copy in which <paramref name="value"/>, broadcast to it and converted to this tensor's type, is added to the part that
    /// <paramref name="indices"/> name.</summary>
    /// <inheritdoc cref="WithSlice(Tensor, ReadOnlySpan{AxisIndex})" path="/exception"/>
    public Tensor WithSliceAdded(Tensor value, params ReadOnlySpan<AxisIndex> indices)
    {
        var (extents, shape) = Resolve("WithSliceAdded", indices);
        return new WithSliceAdded(extents).Apply(this, Fitted("WithSliceAdded", value, shape, extents));
    }

    Tensor Fitted(string operation, Tensor value, Shape shape, ValueList<Extent> extents)
    {
        if (value.Rank > shape.Rank || Shape.Broadcast(value.Shape, shape, operation) != shape)
            throw new ShapeException($"{operation}: the value {value.Shape} does not broadcast to the slice {shape}.");
        return value.Cast(DType).BroadcastTo(shape).Reshape(Extent.ShapeOf(extents));
    }

    /// <summary>The extents that indices name, and the shape of the result without the dropped and with the new axes.</summary>
    (ValueList<Extent> Extents, Shape Shape) Resolve(string operation, ReadOnlySpan<AxisIndex> indices)
    {
        int named = 0, rests = 0;
        foreach (var index in indices)
        {
            if (index.What == AxisIndex.Kind.Rest) rests++;
            else if (index.What != AxisIndex.Kind.New) named++;
        }

        if (named > Rank) throw new ShapeException($"{operation}: {named} indices were given for the {Rank} axes of {Shape}.");
        if (rests > 1) throw new ShapeException($"{operation}: AxisIndex.Rest stands {rests} times; once is clear.");
        var extents = new Extent[Rank];
        Span<int> sizes = stackalloc int[indices.Length + Rank];
        int axis = 0, n = 0;
        foreach (var index in indices)
        {
            switch (index.What)
            {
                case AxisIndex.Kind.New:
                    sizes[n++] = 1;
                    break;
                case AxisIndex.Kind.Rest:
                    for (var i = Rank - named; i > 0; i--, axis++) Whole(sizes);
                    break;
                default:
                    extents[axis] = index.On(Shape, axis, operation);
                    if (index.What == AxisIndex.Kind.Elements) sizes[n++] = extents[axis].Count;
                    axis++;
                    break;
            }
        }

        for (; axis < Rank; axis++) Whole(sizes);
        return (new ValueList<Extent>(extents), Shape.Of(sizes[..n]));

        void Whole(Span<int> sizes)
        {
            extents[axis] = Extent.All(Shape[axis]);
            sizes[n++] = Shape[axis];
        }
    }
}
