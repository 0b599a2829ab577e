using Strata.Operations;

namespace Strata.Compilation.Rules;

/// <summary>The algebra of sums, products, signs and powers. The rules hold for real numbers wherever the formula as written is defined; where
/// it gives NaN or an infinity (0·∞, ∞ − ∞, 0/0), the simpler formula may give a number. The sign of a zero is not kept.</summary>
internal static class Arithmetic
{
    public static readonly Rule[] Rules =
    [
        // Sums
        Rule.On<Add>("x + 0 → x", x => x is [{ Number: 0 }, var a] ? a : null),
        Rule.On<Add>("c + (d + x) → (c + d) + x", x => x is [{ Number: { } c }, { By: (Add, [{ Number: { } d }, var a]) }] ? a + (c + d) : null),
        Rule.On<Add>("c + (d − x) → (c + d) − x", x => x is [{ Number: { } c }, { By: (Subtract, [{ Number: { } d }, var a]) }] ? (c + d) - a : null),
        Rule.On<Add>("a + (−b) → a − b", x => x is [var a, { By: (Negate, [var b]) }] ? a - b : null),
        Rule.On<Add>("(−a) + b → b − a", x => x is [{ By: (Negate, [var a]) }, var b] ? b - a : null),
        Rule.On<Add>("(a − b) + b → a", x => x is [{ By: (Subtract, [var a, var b]) }, var c] && b == c ? a : null),
        Rule.On<Add>("b + (a − b) → a", x => x is [var c, { By: (Subtract, [var a, var b]) }] && b == c ? a : null),
        Rule.On<Add>("x + x → 2x", x => x is [var a, var b] && a == b && a.Number is null && Real(a) ? a * 2 : null),
        Rule.On<Add>("cx + x → (c + 1)x", x => x is [{ By: (Multiply, [{ Number: { } c }, var a]) }, var b] && a == b && Real(a) ? a * (c + 1) : null),
        Rule.On<Add>("x + cx → (c + 1)x", x => x is [var b, { By: (Multiply, [{ Number: { } c }, var a]) }] && a == b && Real(a) ? a * (c + 1) : null),
        Rule.On<Add>("cx + dx → (c + d)x", x => x is [{ By: (Multiply, [{ Number: { } c }, var a]) }, { By: (Multiply, [{ Number: { } d }, var b]) }]
            && a == b && Real(a) ? a * (c + d) : null),

        // Differences
        Rule.On<Subtract>("x − x → 0", x => x[0] == x[1] ? Tensor.ZerosLike(x[0]) : null),
        Rule.On<Subtract>("0 − x → −x", x => x is [{ Number: 0 }, var a] ? -a : null),
        Rule.On<Subtract>("x − c → (−c) + x", x => x is [{ Number: null } a, { Number: { } c }] ? a + -c : null),
        Rule.On<Subtract>("c − (d + x) → (c − d) − x", x => x is [{ Number: { } c }, { By: (Add, [{ Number: { } d }, var a]) }] ? (c - d) - a : null),
        Rule.On<Subtract>("c − (d − x) → (c − d) + x", x => x is [{ Number: { } c }, { By: (Subtract, [{ Number: { } d }, var a]) }] ? a + (c - d) : null),
        Rule.On<Subtract>("a − (−b) → a + b", x => x is [var a, { By: (Negate, [var b]) }] ? a + b : null),
        Rule.On<Subtract>("(a + b) − a → b", x => x is [{ By: (Add, [var a, var b]) }, var c] && a == c ? b : null),
        Rule.On<Subtract>("(a + b) − b → a", x => x is [{ By: (Add, [var a, var b]) }, var c] && b == c ? a : null),
        Rule.On<Subtract>("a − (a − b) → b", x => x is [var c, { By: (Subtract, [var a, var b]) }] && a == c ? b : null),

        // Products
        Rule.On<Multiply>("1·x → x", x => x is [{ Number: 1 }, var a] ? a : null),
        Rule.On<Multiply>("0·x → 0", x => x is [{ Number: 0 } zero, _] ? zero : null),
        Rule.On<Multiply>("(−1)·x → −x", x => x is [{ Number: -1 }, var a] ? -a : null),
        Rule.On<Multiply>("c(dx) → (cd)x", x => x is [{ Number: { } c }, { By: (Multiply, [{ Number: { } d }, var a]) }] ? a * (c * d) : null),
        Rule.On<Multiply>("c(−x) → (−c)x", x => x is [{ Number: { } c }, { By: (Negate, [var a]) }] ? a * -c : null),
        Rule.On<Multiply>("c(d/x) → (cd)/x", x => x is [{ Number: { } c }, { By: (Divide, [{ Number: { } d }, var a]) }] && Real(a) ? (c * d) / a : null),
        Rule.On<Multiply>("c(x/d) → (c/d)x", x => x is [{ Number: { } c }, { By: (Divide, [var a, { Number: { } d }]) }] && d != 0 && Real(a) ? a * (c / d) : null),
        Rule.On<Multiply>("c(1/x) → c/x", x => x is [{ Number: { } c }, { By: (Reciprocal, [var a]) }] ? c / a : null),
        Rule.On<Multiply>("(−a)(−b) → ab", x => x is [{ By: (Negate, [var a]) }, { By: (Negate, [var b]) }] ? a * b : null),
        Rule.On<Multiply>("x·x → x²", x => x[0] == x[1] ? x[0].Square() : null),
        Rule.On<Multiply>("(a/b)·b → a", x => x is [{ By: (Divide, [var a, var b]) }, var c] && b == c && Real(a) ? a : null),
        Rule.On<Multiply>("b·(a/b) → a", x => x is [var c, { By: (Divide, [var a, var b]) }] && b == c && Real(a) ? a : null),
        Rule.On<Multiply>("(1/a)·b → b/a", x => x is [{ By: (Reciprocal, [var a]) }, var b] ? b / a : null),
        Rule.On<Multiply>("b·(1/a) → b/a", x => x is [var b, { By: (Reciprocal, [var a]) }] ? b / a : null),

        // Quotients
        Rule.On<Divide>("x/1 → x", x => x is [var a, { Number: 1 }] ? a : null),
        Rule.On<Divide>("x/c → (1/c)x, where c is a power of 2", x => x is [{ Number: null } a, { Number: { } c }] && Real(a) && IsPowerOfTwo(c) ? a * (1 / c) : null),
        Rule.On<Divide>("(cx)/d → (c/d)x", x => x is [{ By: (Multiply, [{ Number: { } c }, var a]) }, { Number: { } d }] && d != 0 && Real(a) ? a * (c / d) : null),
        Rule.On<Divide>("1/x → reciprocal x", x => x is [{ Number: 1 }, var a] && Real(a) ? a.Reciprocal() : null),
        Rule.On<Divide>("0/x → 0", x => x is [{ Number: 0 } zero, var a] && Real(a) ? zero : null),
        Rule.On<Divide>("x/x → 1", x => x[0] == x[1] && Real(x[0]) ? Tensor.OnesLike(x[0]) : null),
        Rule.On<Divide>("c/(dx) → (c/d)/x", x => x is [{ Number: { } c }, { By: (Multiply, [{ Number: { } d }, var a]) }] && d != 0 && Real(a) ? (c / d) / a : null),
        Rule.On<Divide>("(ab)/a → b", x => x is [{ By: (Multiply, [var a, var b]) }, var c] && a == c && Real(a) ? b : null),
        Rule.On<Divide>("(ab)/b → a", x => x is [{ By: (Multiply, [var a, var b]) }, var c] && b == c && Real(a) ? a : null),
        Rule.On<Divide>("(−a)/(−b) → a/b", x => x is [{ By: (Negate, [var a]) }, { By: (Negate, [var b]) }] ? a / b : null),

        // Signs
        Rule.On<Negate>("−(−x) → x", x => x is [{ By: (Negate, [var a]) }] ? a : null),
        Rule.On<Negate>("−(cx) → (−c)x", x => x is [{ By: (Multiply, [{ Number: { } c }, var a]) }] ? a * -c : null),
        Rule.On<Negate>("−(a − b) → b − a", x => x is [{ By: (Subtract, [var a, var b]) }] ? b - a : null),
        Rule.On<Abs>("|−x| → |x|", x => x is [{ By: (Negate, [var a]) }] ? a.Abs() : null),
        Rule.On<Abs>("|x| → x where x ≥ 0", x => x[0].IsNonNegative() ? x[0] : null),
        Rule.On<Relu>("relu x → x where x ≥ 0", x => x[0].IsNonNegative() ? x[0] : null),
        Rule.On<Square>("(−x)² → x²", x => x is [{ By: (Negate or Abs, [var a]) }] ? a.Square() : null),

        // Powers
        Rule.On<Power>("x⁰ → 1", x => x is [var a, { Number: 0 }] ? Tensor.OnesLike(a) : null),
        Rule.On<Power>("x¹ → x", x => x is [var a, { Number: 1 }] ? a : null),
        Rule.On<Power>("x² → x·x", x => x is [var a, { Number: 2 }] ? a.Square() : null),
        Rule.On<Power>("x³ → x·x·x", x => x is [var a, { Number: 3 }] ? a * a.Square() : null),
        Rule.On<Power>("x^½ → √x", x => x is [var a, { Number: 0.5 }] ? a.Sqrt() : null),
        Rule.On<Power>("x⁻¹ → 1/x", x => x is [var a, { Number: -1 }] ? a.Reciprocal() : null),
        Rule.On<Power>("x^−½ → 1/√x", x => x is [var a, { Number: -0.5 }] ? a.Rsqrt() : null),
        Rule.On<Reciprocal>("1/(1/x) → x", x => x is [{ By: (Reciprocal, [var a]) }] ? a : null),
        Rule.On<Reciprocal>("1/√x → rsqrt x", x => x is [{ By: (Sqrt, [var a]) }] ? a.Rsqrt() : null),
        Rule.On<Reciprocal>("1/exp x → exp(−x)", x => x is [{ By: (Exp, [var a]) }] ? (-a).Exp() : null),

        // Choices
        Rule.On<Maximum>("max(x, x) → x", x => x[0] == x[1] ? x[0] : null),
        Rule.On<Minimum>("min(x, x) → x", x => x[0] == x[1] ? x[0] : null),
        Rule.On<Where>("where(c, x, x) → x", x => x[1] == x[2] ? x[1] : null),
        Rule.On<Where>("where(true, x, y) → x", x => x is [{ Number: 1 }, var a, _] ? a : null),
        Rule.On<Where>("where(false, x, y) → y", x => x is [{ Number: 0 }, _, var b] ? b : null),
    ];

    // What holds for real numbers does not for whole ones: they overflow and are cut when divided.
    static bool Real(Tensor x) => x.DType.IsFloating();

    // Others have no exact reciprocal: 49·(1/49) is below 1, and ⌊49/49⌋ would become 0.
    static bool IsPowerOfTwo(double c) => double.IsNormal(c) && double.IsNormal(1 / c) && Math.ScaleB(1, Math.ILogB(c)) == Math.Abs(c);
}
