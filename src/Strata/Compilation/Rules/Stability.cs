using Strata.Operations;

namespace Strata.Compilation.Rules;

/// <summary>Formulas that lose digits or overflow as they are written, by others that do not. They are tried while a function is traced, so
/// that a tape records the stable formula and differentiates that.</summary>
internal static class Stability
{
    public static readonly Rule[] Rules =
    [
        Rule.On<Log>("log(exp x) → x", x => x is [{ By: (Exp, [var z]) }] ? z : null),
        Rule.On<Log>("log(1 + exp x) → softplus x", x => x is [{ By: (Add, [{ Number: 1 }, { By: (Exp, [var z]) }]) }] ? z.Softplus() : null),
        Rule.On<Log>("log(1 + x) → log1p x", x => x is [{ By: (Add, [{ Number: 1 }, var z]) }] ? z.Log1p() : null),
        Rule.On<Log>("log(1 − x) → log1p(−x)", x => x is [{ By: (Subtract, [{ Number: 1 }, var z]) }] ? (-z).Log1p() : null),
        Rule.On<Log1p>("log1p(exp x) → softplus x", x => x is [{ By: (Exp, [var z]) }] ? z.Softplus() : null),
        Rule.On<Log1p>("log1p(−σ(x)) → −softplus x", x => x is [{ By: (Negate, [{ By: (Sigmoid, [var z]) }]) }] ? -z.Softplus() : null),
        Rule.On<Log>("log of σ or softmax", x => LogProbability(x[0])),
        Rule.On<Log>("log Σ exp x → logsumexp x", x => x is [{ By: (Sum { Axes.Count: > 0 } s, [{ By: (Exp, [var z]) }]) }]
            ? z.LogSumExp(s.Axes.ToArray(), s.KeepDims) : null),
        Rule.On<Log>("log(Σ exp x / n) → logsumexp x − log n",
            x => x is [{ By: (Divide, [{ By: (Sum { Axes.Count: > 0 } s, [{ By: (Exp, [var z]) }]) }, { Number: > 0 and var n }]) }]
                ? z.LogSumExp(s.Axes.ToArray(), s.KeepDims) - Math.Log(n) : null),
        Rule.On<Log>("log ∏ x → Σ log x", x => x is [{ By: (Product p, [var z]) }] ? LogProduct(p, z) : null),
        Rule.On<Log>("log xᵃ → a log x", x => x is [{ By: (Power, [var z, var a]) }] ? LogPower(z, a) : null),
        Rule.On<Log>("log x² → 2 log |x|", x => x is [{ By: (Square, [var z]) }] ? Magnitude(z).Log() * 2 : null),
        Rule.On<Log>("log √x → ½ log x", x => x is [{ By: (Sqrt, [var z]) }] ? z.Log() * 0.5 : null),
        Rule.On<Log>("log(1/x) → −log x", x => x is [{ By: (Reciprocal, [var z]) }] ? -z.Log() : null),
        Rule.On<Log>("log(1/x) → −log x", x => x is [{ By: (Divide, [{ Number: 1 }, var z]) }] ? -z.Log() : null),
        Rule.On<Log>("log(erfc x) → logerfc x", x => x is [{ By: (Erfc, [var z]) }] && z.By is not (Minimum, [{ Number: not null }, _]) ? LogErfc(z) : null),

        Rule.On<Subtract>("exp(x) − 1 → expm1 x", x => x is [{ By: (Exp, [var z]) }, { Number: 1 }] ? z.Expm1() : null),
        Rule.On<Subtract>("1 − exp x → −expm1 x", x => x is [{ Number: 1 }, { By: (Exp, [var z]) }] ? -z.Expm1() : null),
        Rule.On<Add>("−1 + exp x → expm1 x", x => x is [{ Number: -1 }, { By: (Exp, [var z]) }] ? z.Expm1() : null),

        Rule.On<Divide>("1/(1 + exp x) → σ(−x)", x => x is [{ Number: 1 }, var d] ? OneOverOnePlusExp(d) : null),
        Rule.On<Reciprocal>("1/(1 + exp x) → σ(−x)", x => OneOverOnePlusExp(x[0])),
        Rule.On<Divide>("exp(x)/(1 + exp x) → σ(x)",
            x => x is [{ By: (Exp, [var z]) } e, { By: (Add, [{ Number: 1 }, var d]) }] && Same(e, d) ? z.Sigmoid() : null),
        Rule.On<Divide>("exp(x)/Σ exp x → softmax x", x => x is [{ By: (Exp, [var z]) } e, var sum] ? ExpOverSum(e, z, sum) : null),

        Rule.On<Gather>("log softmax(x)[y] → −cross-entropy(x, y)",
            (g, x) => g.Axis == 0 && x is [{ By: (Alias, [{ By: (LogSoftmax, [var z]) }]) }, { By: (AlongPositions p, [var y]) }]
                && p.Axis == z.Rank - 1 && y.Shape[^1] == 1 ? -Tensor.SoftmaxCrossEntropy(z, y).Reshape(y.Shape) : null),
        Rule.On<Sum>("Σ onehot(y) log softmax x → −cross-entropy(x, y)", (s, x) => x is [{ By: (Multiply, [var a, var b]) }]
            ? OneHotLog(s, a, b) ?? OneHotLog(s, b, a) : null),
        Rule.On<Add>("y log σ(x) + (1 − y) log(1 − σ(x)) → y x − softplus x", x => BinaryCrossEntropy(x[0], x[1], 1)),
        Rule.On<Subtract>("y log σ(x) − (y − 1) log(1 − σ(x)) → y x − softplus x", x => BinaryCrossEntropy(x[0], x[1], -1)),

        Rule.On<Sqrt>("√x² → |x|", x => x is [{ By: (Square, [var z]) }] ? z.Abs() : x is [{ By: (Multiply, [var a, var b]) }] && Same(a, b) ? a.Abs() : null),
        Rule.On<Divide>("x/‖x‖ → 0 at x = 0", x => x[1].Unspread() is { By: (Sqrt, [var square]) } ? OverNorm(x[0], square, x[1]) : null),
    ];

    static bool Same(Tensor a, Tensor b) => ReferenceEquals(a, b) || (a.By is (Exp, [var x]) && b.By is (Exp, [var y]) && ReferenceEquals(x, y));

    static Tensor Magnitude(Tensor x) => x.IsNonNegative() ? x : x.Abs();

    // Log of a sigmoid or a softmax, also of one whose elements were moved or chosen.
    static Tensor? LogProbability(Tensor p) => p.By switch
    {
        (Sigmoid, [var z]) => -(-z).Softplus(),
        (Softmax, [var z]) => new LogSoftmax().Apply(z),
        (Alias, [var q]) when q.Shape != p.Shape => LogProbability(q)?.Reshape(p.Shape),
        (Transpose t, [var q]) => LogProbability(q) is { } l ? t.Apply(l) : null,
        (Slice s, [var q]) => LogProbability(q) is { } l ? s.Apply(l) : null,
        (Gather g, [var q, var i]) => LogProbability(q) is { } l ? g.Apply(l, i) : null,
        _ => null,
    };

    // The product of an even number of negative factors is positive, but they have no logarithms.
    static Tensor LogProduct(Product p, Tensor x)
    {
        var sum = new Sum(p.Axes, p.KeepDims).Apply(Magnitude(x).Log());
        return x.IsNonNegative() ? sum : Tensor.Where(p.Apply(x.Sign()) < 0, double.NaN, sum);
    }

    static Tensor? LogPower(Tensor x, Tensor exponent) => exponent.Number switch
    {
        0 => null, // 0⁰ = 1
        { } a => (a % 2 == 0 ? Magnitude(x) : x).Log() * a,
        null => x.IsNonNegative() ? Tensor.Where(exponent.EqualTo(0), 0, exponent * x.Log()) : null,
    };

    // erfc x = e^(−x²)/(x√π)·(1 − 1/2x² + 3/4x⁴ − …) for large x (Abramowitz and Stegun 7.1.23); before that erfc itself and its
    // gradient's e^(−x²) are exact enough. Each branch is kept in its range, so that neither spoils the other's gradient.
    static Tensor LogErfc(Tensor x)
    {
        var far = x.DType == DType.Float32 ? 5 : 26;
        var z = Tensor.Maximum(x, far);
        var u = 0.5 / z.Square();
        var series = -u * (1 - 3 * u * (1 - 5 * u * (1 - 7 * u)));
        return Tensor.Where(x > far, series.Log1p() - z.Square() - z.Log() - 0.5 * Math.Log(Math.PI), Tensor.Minimum(x, far).Erfc().Log());
    }

    static Tensor? OneOverOnePlusExp(Tensor denominator) => denominator.By is (Add, [{ Number: 1 }, { By: (Exp, [var z]) }])
        ? z.By is (Negate, [var x]) ? x.Sigmoid() : (-z).Sigmoid()
        : null;

    static Tensor? ExpOverSum(Tensor e, Tensor x, Tensor divisor)
    {
        if (divisor.Unspread() is not { By: (Sum { Axes: var axes }, [var summed]) } || axes.Count == 0 || !Same(e, summed)) return null;
        var kept = axes.Reduce(x.Shape, true);
        if (!(divisor.By is (BroadcastTo, [var narrow]) ? narrow : divisor).Shape.BroadcastsLike(kept)) return null;

        // A shift that is the same for all does nothing to a softmax, which finds one itself.
        if (x.By is (Subtract, [var z, var shift]) && z.Shape == x.Shape && shift.Shape.BroadcastsLike(kept)) x = z;
        if (axes.Count == 1) return x.Softmax(axes.ToArray()[0]);
        var (flat, restore) = Trailing.Gather(x, axes);
        return restore(flat.Softmax());
    }

    static Tensor? OneHotLog(Sum sum, Tensor oneHot, Tensor log) =>
        log.By is (LogSoftmax, [var x]) && oneHot.By is (OneHot, [var labels]) && oneHot.Shape == log.Shape && sum.Axes.ToArray() is [var axis] && axis == x.Rank - 1
            ? (-Tensor.SoftmaxCrossEntropy(x, labels)).Reshape(sum.Axes.Reduce(x.Shape, sum.KeepDims))
            : null;

    // y·softplus(−x) and (1 − y)·softplus(x) of one sign, in either order.
    static Tensor? BinaryCrossEntropy(Tensor a, Tensor b, int sign)
    {
        if (Term(a) is not { } p || Term(b) is not { } q || p.Sign != q.Sign * sign) return null;
        if (q.Logit.By is (Negate, [var negated]) && ReferenceEquals(negated, p.Logit)) (p, q) = (q with { Sign = p.Sign }, p);
        if (p.Logit.By is not (Negate, [var x]) || !ReferenceEquals(x, q.Logit)) return null;
        if (q.Weight.By is not (Subtract, [{ Number: 1 }, var y]) || !ReferenceEquals(y, p.Weight)) return null;
        return p.Sign > 0 ? x.Softplus() - y * x : y * x - x.Softplus();

        static (int Sign, Tensor Weight, Tensor Logit)? Term(Tensor x)
        {
            var (outer, product) = Signed(x);
            if (product.By is not (Multiply, [var a, var b])) return null;
            var ((first, u), (second, v)) = (Signed(a), Signed(b));
            return v.By is (Softplus, [var z]) ? (outer * first * second, u, z)
                : u.By is (Softplus, [var w]) ? (outer * first * second, v, w)
                : null;
        }

        static (int Sign, Tensor X) Signed(Tensor x) => x.By is (Negate, [var z]) ? (-1, z) : (1, x);
    }

    // An infinite norm in the place of 0 makes the quotient 0 and lets no gradient through.
    static Tensor? OverNorm(Tensor x, Tensor square, Tensor norm)
    {
        if (square.By is not (Sum { Axes: var axes }, [{ By: var node }])) return null;
        var isOfX = node is (Square, [var z]) ? ReferenceEquals(z, x) : node is (Multiply, [var a, var b]) && ReferenceEquals(a, b) && ReferenceEquals(a, x);
        if (!isOfX || !norm.Shape.BroadcastsLike(axes.Reduce(x.Shape, true))) return null;
        var guarded = Tensor.Where(square.EqualTo(0), double.PositiveInfinity, square).Sqrt();
        return x / guarded.Reshape(norm.Shape);
    }
}
