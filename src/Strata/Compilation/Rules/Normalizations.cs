using Strata.Operations;

namespace Strata.Compilation.Rules;

/// <summary>Normalizations written out in tensor operations, by the operations that do them in one go. They are tried while a function is traced, so that
/// the gradients become the operations' own.</summary>
internal static class Normalizations
{
    public static readonly Rule[] Rules =
    [
        Rule.On<Subtract>("x − logsumexp x → logsoftmax x", x => IsLogSumExp(x[1], x[0]) ? x[0].LogSoftmax() : null),
        Rule.On<Multiply>("(x − mean x)·1/√(variance x + ε) → standardize x", x => Normalized(x[0], x[1], InverseOf(x[1])) ?? Normalized(x[1], x[0], InverseOf(x[0]))),
        Rule.On<Divide>("(x − mean x)/√(variance x + ε) → standardize x", x => x[1].Unspread() is { By: (Sqrt, [var v]) } ? Normalized(x[0], x[1], v) : null),
    ];

    // The logarithm of the sum along the last axis of x.
    static bool IsLogSumExp(Tensor l, Tensor x) => x.Rank > 0 && l.Unspread().By is (LogSumExp, [var z])
        && ReferenceEquals(z.Unspread(), x.Unspread()) && z.Size == x.Size && z.Shape[^1] == x.Shape[^1]
        && l.Shape.BroadcastsLike(x.Shape.With(^1, 1));

    // v, if r is 1/√v.
    static Tensor? InverseOf(Tensor r) => r.Unspread().By switch
    {
        (Rsqrt, [var v]) => v,
        (Reciprocal, [{ By: (Sqrt, [var v]) }]) => v,
        (Divide, [{ Number: 1 }, { By: (Sqrt, [var v]) }]) => v,
        _ => null,
    };

    // centered·scale, where scale is 1/√(variance + ε) over the last axis or over all but it.
    static Tensor? Normalized(Tensor centered, Tensor scale, Tensor? shifted)
    {
        if (shifted?.By is not (Add, [{ Number: > 0 and var epsilon }, var variance]) || Centered(centered) is not var (x, axes)) return null;
        if (Mean(variance) is not var (square, over) || over != axes || !scale.Shape.BroadcastsLike(axes.Reduce(x.Shape, true))) return null;
        var deviation = square.By is (Square, [var a]) ? a : square.By is (Multiply, [var b, var c]) && ReferenceEquals(b, c) ? b : null;
        if (deviation is null || Centered(deviation) is not var (same, _) || !ReferenceEquals(same, x) || x.Size == 0) return null;
        if (axes.Bits == 1u << (x.Rank - 1)) return x.Standardize(epsilon);
        if (x.Rank < 2 || axes != AxisSet.All(x.Rank - 1)) return null;
        Shape channels = [x.Shape[^1]];
        return Tensor.BatchNormalization(x, Tensor.Ones(channels, x.DType), Tensor.Zeros(channels, x.DType), epsilon).Y;
    }

    // (x, axes) of x − mean x.
    static (Tensor X, AxisSet Axes)? Centered(Tensor y) =>
        y.By is (Subtract, [var x, var m]) && Mean(m.Unspread()) is var (z, axes) && ReferenceEquals(x, z) && m.Shape.BroadcastsLike(axes.Reduce(x.Shape, true))
            ? (x, axes)
            : null;

    // (x, axes) of the mean of x.
    static (Tensor X, AxisSet Axes)? Mean(Tensor m) =>
        m.Unspread().By is (Divide, [{ By: (Sum s, [var x]) }, { Number: { } n }]) && n == s.Axes.ReducedSize(x.Shape) ? (x, s.Axes) : null;
}
