using Strata.Operations;

namespace Strata.Compilation.Rules;

/// <summary>Sums of what is simpler after it is summed, and matrix products of what lies the other way round.</summary>
internal static class Reductions
{
    public static readonly Rule[] Rules =
    [
        Rule.On<Sum>("Σ x → x, over axes of size 1", (s, x) => s.Axes.ReducedSize(x[0].Shape) == 1 && x[0].Size > 0 ? x[0].Reshape(Shape(s, x[0])) : null),
        Rule.On<Sum>("Σ c → nc", (s, x) => x[0].Number is { } c ? Tensor.Full(Shape(s, x[0]), c * s.Axes.ReducedSize(x[0].Shape), x[0].DType) : null),
        Rule.On<Sum>("Σ cx → c Σ x", (s, x) => x is [{ By: (Multiply, [{ Number: { } c }, var a]) }] && a.Shape == x[0].Shape ? s.Apply(a) * c : null),
        Rule.On<Sum>("Σ (−x) → −Σ x", (s, x) => x is [{ By: (Negate, [var a]) }] ? -s.Apply(a) : null),
        Rule.On<Sum>("Σ Σ x → Σ x", (s, x) => x is [{ By: (Sum inner, [var a]) }]
            ? new Sum(Union(s.Axes, inner, a.Rank), false).Apply(a).Reshape(Shape(s, x[0])) : null),
        Rule.On<Sum>("Σ broadcast x → n Σ x", (s, x) => x is [{ By: (BroadcastTo, [var a]) }] ? SumOfRepeated(s, a, x[0].Shape) : null),
        Rule.On<Sum>("Σ over all of x moved → Σ x", (s, x) => x is [{ By: (Alias or Transpose, [var a]) }] && s.Axes == AxisSet.All(x[0].Rank) && x[0].Rank > 0
            ? new Sum(AxisSet.All(a.Rank), false).Apply(a).Reshape(Shape(s, x[0])) : null),
        Rule.On<MatMul>("aᵀ·b → the product that reads a the other way", (m, x) => Untransposed(x[0]) is { } a ? new MatMul(!m.TransposeA, m.TransposeB).Apply(a, x[1]) : null),
        Rule.On<MatMul>("a·bᵀ → the product that reads b the other way", (m, x) => Untransposed(x[1]) is { } b ? new MatMul(m.TransposeA, !m.TransposeB).Apply(x[0], b) : null),
    ];

    static Shape Shape(Sum sum, Tensor x) => sum.Axes.Reduce(x.Shape, sum.KeepDims);

    // The axes of both sums as axes of what the inner one sums.
    static AxisSet Union(AxisSet outer, Sum inner, int rank)
    {
        var bits = inner.Axes.Bits;
        for (int axis = 0, kept = 0; axis < rank; axis++)
        {
            if (inner.Axes.Contains(axis) && !inner.KeepDims) continue;
            if (outer.Contains(inner.KeepDims ? axis : kept)) bits |= 1u << axis;
            kept++;
        }

        return new AxisSet(bits);
    }

    static Tensor? SumOfRepeated(Sum sum, Tensor x, Shape whole)
    {
        var narrow = whole;
        for (var axis = 0; axis < whole.Rank; axis++)
        {
            var own = axis - whole.Rank + x.Rank;
            if (sum.Axes.Contains(axis) && (own < 0 || x.Shape[own] == 1)) narrow = narrow.With(axis, 1);
        }

        return narrow == whole || narrow.Size == 0 ? null : sum.Apply(x.BroadcastTo(narrow)) * ((double)whole.Size / narrow.Size);
    }

    // x with its last two axes exchanged, if it is such a transpose.
    static Tensor? Untransposed(Tensor x) => x.By is (Transpose t, [var a]) && t.Axes.Select((axis, i) => axis == (i < x.Rank - 2 ? i : (2 * x.Rank) - 3 - i)).All(same => same) ? a : null;
}
