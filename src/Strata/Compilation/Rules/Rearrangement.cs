using Strata.Differentiation;
using Strata.Operations;

namespace Strata.Compilation.Rules;

/// <summary>Operations that only move, choose or repeat elements: two become one, what undoes another goes, and repetition is done as late as
/// can be.</summary>
internal static class Rearrangement
{
    public static readonly Rule[] Rules =
    [
        // Names
        Rule.On<Copy>("copy x → x", x => x[0]),
        Rule.On<StopGradient>("stop-gradient x → x", x => x[0]),
        Rule.On<Cast>("cast∘cast → cast, where the first is exact", (c, x) => x is [{ By: (Cast { To: var between }, [var a]) }] && IsExact(a.DType, between) ? a.Cast(c.To) : null),

        // Shapes
        Rule.On<Alias>("reshape x → x, where x has the shape", (r, x) => r.Shape == x[0].Shape ? x[0] : null),
        Rule.On<Alias>("reshape∘reshape → reshape", (r, x) => x is [{ By: (Alias, [var a]) }] ? a.Reshape(r.Shape) : null),
        Rule.On<Transpose>("transpose∘transpose → transpose", (t, x) => x is [{ By: (Transpose u, [var a]) }] ? a.Transpose([.. t.Axes.Select(axis => u.Axes[axis])]) : null),
        Rule.On<Transpose>("transpose x → reshape x, where only axes of size 1 move", (t, x) =>
            t.Axes.Where(axis => x[0].Shape[axis] != 1).ToArray() is var moved && moved.SequenceEqual(moved.Order()) ? x[0].Reshape([.. t.Axes.Select(axis => x[0].Shape[axis])]) : null),

        // Parts
        Rule.On<Slice>("x[..] → x", (s, x) => s.Extents.Select((e, axis) => e == Extent.All(x[0].Shape[axis])).All(whole => whole) ? x[0] : null),
        Rule.On<Slice>("slice∘slice → slice", (s, x) => x is [{ By: (Slice inner, [var a]) }] ? new Slice(Composed(s.Extents, inner.Extents)).Apply(a) : null),
        Rule.On<Slice>("slice of a concatenation → slice of a part", (s, x) => x is [{ By: (Concatenate c, var parts) }] ? SliceOfPart(s, c.Axis, parts) : null),
        Rule.On<Slice>("slice∘place → x", (s, x) => x is [{ By: (PlaceSlice p, [var a]) }] && p.Extents == s.Extents ? a : null),
        Rule.On<Concatenate>("concatenation of one → it", x => x.Length == 1 ? x[0] : null),
        Rule.On<Concatenate>("concatenate∘split → x", (c, x) => x[0].Node is { Operation: Split s, Inputs: [var a] } split && s.Axis == c.Axis && x.SequenceEqual(split.Outputs) ? a : null),

        // Pooling: what reaches the greatest cell of a window passes relu if the cell is positive, which the window's maximum tells; there are fewer windows than cells
        Rule.On<ReluGradient>("relu'(x, max-pool'(x, dy)) → max-pool'(x, relu'(max-pool x, dy))", x =>
            x[1].By is (MaxPoolGradient p, [var a, var dy]) && a == x[0] ? p.Apply(a, new ReluGradient().Apply(new MaxPool(p.Settings).Apply(a), dy)) : null),

        // Repetition
        Rule.On<BroadcastTo>("broadcast∘broadcast → broadcast", (b, x) => x is [{ By: (BroadcastTo, [var a]) }] ? a.BroadcastTo(b.Shape) : null),
        Rule.On<ElementwiseUnary>("f(broadcast x) → broadcast f(x)", (f, x) => x is [{ By: (BroadcastTo, [var a]) }] ? f.Apply(a) : null),
        Rule.On<ElementwiseBinary>("f(broadcast a, b) → broadcast f(a, b)", (f, x) => (Narrow(x[0]), Narrow(x[1])) is var (a, b) && (a != x[0] || b != x[1]) ? f.Apply(a, b) : null),
        Rule.On<Where>("where(c, fill, b) → where(c, number, b)", (w, x) => (One(x[1]), One(x[2])) is var (a, b) && (a != x[1] || b != x[2]) ? w.Apply(x[0], a, b) : null),

        // Moved numbers
        Rule.On<BroadcastTo>("broadcast c → fill c", (b, x) => Filled(x[0], b.Shape)),
        Rule.On<Alias>("reshape c → fill c", (r, x) => Filled(x[0], r.Shape)),
        Rule.On<Transpose>("transpose c → fill c", (t, x) => Filled(x[0], [.. t.Axes.Select(axis => x[0].Shape[axis])])),
        Rule.On<Slice>("slice c → fill c", (s, x) => Filled(x[0], Extent.ShapeOf(s.Extents))),
    ];

    // Every value of the first type is one of the second.
    static bool IsExact(DType from, DType to) => (from, to) switch
    {
        (DType.Bool, _) => true,
        (DType.UInt8, not DType.Bool) => true,
        (DType.Int32, DType.Int64 or DType.Float64) => true,
        (DType.Float32, DType.Float64) => true,
        _ => false,
    };

    static ValueList<Extent> Composed(ValueList<Extent> outer, ValueList<Extent> inner) =>
        new([.. outer.Select((o, i) => new Extent(inner[i].Start + (o.Start * inner[i].Step), o.Count, inner[i].Step * o.Step))]);

    static Tensor? SliceOfPart(Slice slice, int axis, Tensor[] parts)
    {
        var extent = slice.Extents[axis];
        if (extent.Count == 0) return null;
        var (low, high) = (extent.Start, extent.Start + ((extent.Count - 1) * extent.Step));
        if (low > high) (low, high) = (high, low);
        var begin = 0;
        foreach (var part in parts)
        {
            var end = begin + part.Shape[axis];
            if (low >= begin && high < end)
                return new Slice(new([.. slice.Extents.Select((e, i) => i == axis ? e with { Start = e.Start - begin } : e)])).Apply(part);
            begin = end;
        }

        return null;
    }

    static Tensor Narrow(Tensor x) => x.By is (BroadcastTo, [var a]) ? a : One(x);

    static Tensor One(Tensor x) => x.Number is { } value && x.Rank > 0 ? Tensor.Full([], value, x.DType) : x;

    // Small ones are constants anyway.
    static Tensor? Filled(Tensor x, Shape shape) => x.Number is { } value && (x.Size > 1 || shape.Size > 1) ? Tensor.Full(shape, value, x.DType) : null;
}
