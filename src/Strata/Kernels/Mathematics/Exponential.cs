using System.Runtime.CompilerServices;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Mathematics;

internal static partial class VectorMath<V, T>
{
    /// <summary>eˣ.</summary>
    [MethodImpl(Inline)]
    public static V Exp(V x) => Exp(x, V.Of(0), 0);

    /// <summary>2ˣ.</summary>
    [MethodImpl(Inline)]
    public static V Exp2(V x)
    {
        x = Clamp(x, Of(-151, -1076), Of(129, 1025));
        var n = V.Round(x);
        var r = (x - n) * V.Of(0.69314718055994531);
        return V.Scale(V.Of(1) + V.Fma(r * r, ExpTail(r), r), n);
    }

    /// <summary>eˣ − 1 without cancellation near 0.</summary>
    [MethodImpl(Inline)]
    public static V Expm1(V x)
    {
        // Below the lower bound the result rounds to −1; at the upper it overflows.
        var c = Clamp(x, Of(-17.5f, -38), Of(88.8f, 709.9));
        var n = V.Round(c * V.Of(1.4426950408889634));
        var r = Reduce(c, n);
        var e = V.Fma(r * r, ExpTail(r), r);
        var half = Exponents<V, T>.Power(n - V.Of(1)); // 2ⁿ itself would overflow too early
        var y = V.Fma(half, e, half - V.Of(0.5));
        return V.IfLess(V.Abs(x), Of(1e-10f, 1e-18), x, y + y); // keeps −0 and denormals
    }

    /// <summary>½ eˣ, which does not overflow before eˣ − e⁻ˣ does.</summary>
    [MethodImpl(Inline)]
    static V HalfExp(V x) => Exp(x, V.Of(0), 1);

    /// <summary>e^(x + low)·2^(−halvings), where |low| is tiny.</summary>
    [MethodImpl(Inline)]
    static V Exp(V x, V low, int halvings)
    {
        x = Clamp(x, Of(-104.5f, -746), Of(90, 711));
        var n = V.Round(x * V.Of(1.4426950408889634));
        var r = Reduce(x, n) + low;
        return V.Scale(V.Of(1) + V.Fma(r * r, ExpTail(r), r), n - Of(halvings));
    }

    /// <summary>x − n·ln 2 in two steps; the first is exact.</summary>
    [MethodImpl(Inline)]
    static V Reduce(V x, V n) =>
        V.Fma(n, Of(1.90465421e-09f, -2.3190468138462996e-17), V.Fma(n, Of(-0.693147182f, -0.69314718055994529), x));

    /// <summary>x between two bounds; NaN stays.</summary>
    [MethodImpl(Inline)]
    static V Clamp(V x, V low, V high)
    {
        x = V.IfLess(high, x, high, x);
        return V.IfLess(x, low, low, x);
    }

    /// <summary>(eʳ − 1 − r) / r² for |r| ≤ ½ ln 2.</summary>
    [MethodImpl(Inline)]
    static V ExpTail(V r)
    {
        V p;
        if (Single)
        {
            p = Step(V.Of(0.00139013224), r, 0.00836320594);
            p = Step(p, r, 0.0416668542);
            p = Step(p, r, 0.166665763);
            return Step(p, r, 0.5);
        }

        p = Step(V.Of(2.0889410981817073e-09), r, 2.5105281749015197e-08);
        p = Step(p, r, 2.7557349704171024e-07);
        p = Step(p, r, 2.7557255254911731e-06);
        p = Step(p, r, 2.4801587245449929e-05);
        p = Step(p, r, 0.00019841269874924409);
        p = Step(p, r, 0.0013888888888918169);
        p = Step(p, r, 0.0083333333333261098);
        p = Step(p, r, 0.041666666666666616);
        p = Step(p, r, 0.16666666666666671);
        return Step(p, r, 0.5);
    }
}
