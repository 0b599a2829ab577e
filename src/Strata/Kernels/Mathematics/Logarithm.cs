using System.Runtime.CompilerServices;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Mathematics;

internal static partial class VectorMath<V, T>
{
    /// <summary>ln x; −∞ at 0 and NaN below.</summary>
    [MethodImpl(Inline)]
    public static V Log(V x)
    {
        var (e, f) = Split(x);
        return LogLimits(x, V.Of(0), LogJoin(e, f));
    }

    /// <summary>ln(1 + x) without cancellation near 0.</summary>
    [MethodImpl(Inline)]
    public static V Log1p(V x)
    {
        var u = V.Of(1) + x;
        var lost = V.IfLess(x, V.Of(1), x - (u - V.Of(1)), V.Of(1) - (u - x)); // what rounding took from u
        var (e, f) = Split(u);
        var y = LogJoin(e, f) + lost / u;
        y = V.IfLess(V.Abs(x), Of(1e-10f, 1e-18), x, y); // keeps −0 and denormals
        return LogLimits(x, V.Of(-1), y);
    }

    /// <summary>log₂ x, exact at powers of two.</summary>
    [MethodImpl(Inline)]
    public static V Log2(V x)
    {
        var (e, f) = Split(x);
        var l = LogOf1Plus(f);
        return LogLimits(x, V.Of(0), V.Fma(l, Of(1.44269502f, 1.4426950408889634), V.Fma(l, Of(1.92596303e-08f, 2.0355273740931033e-17), e)));
    }

    /// <summary>log₁₀ x.</summary>
    [MethodImpl(Inline)]
    public static V Log10(V x)
    {
        var (e, f) = Split(x);
        var l = LogOf1Plus(f);
        var y = V.Fma(l, Of(-1.010305e-08f, 1.0983196502167651e-17), e * Of(-1.43209888e-08f, -2.8037281277851704e-18));
        y = V.Fma(l, Of(0.434294492f, 0.43429448190325182), y);
        return LogLimits(x, V.Of(0), V.Fma(e, Of(0.30103001f, 0.3010299956639812), y));
    }

    /// <summary>x = 2ᵉ·(1 + f) with 1 + f in [√½, √2), for positive x.</summary>
    [MethodImpl(Inline)]
    static (V E, V F) Split(V x)
    {
        var least = Of(1.17549435e-38f, 2.2250738585072014e-308); // below it: denormal
        var shift = V.IfLess(x, least, Of(25, 54), V.Of(0));
        x = V.IfLess(x, least, x * Of(33554432, 18014398509481984), x);
        var m = Exponents<V, T>.Mantissa(x);
        var e = Exponents<V, T>.Exponent(x) - shift;
        e = V.IfLess(Of(1.4142135f, 1.4142135623730950), m, e + V.Of(1), e);
        m = V.IfLess(Of(1.4142135f, 1.4142135623730950), m, m * V.Of(0.5), m);
        return (e, m - V.Of(1));
    }

    /// <summary>e·ln 2 + ln(1 + f).</summary>
    [MethodImpl(Inline)]
    static V LogJoin(V e, V f)
    {
        if (Single)
        {
            var y = V.Fma(f * f * f, LogTail(f), e * V.Of(-1.90465421e-09));
            y = V.Fma(f * f, V.Of(-0.5), y);
            return V.Fma(e, V.Of(0.693147182), f + y);
        }

        // The sum is taken in the order of fdlibm's e_log: what is small first.
        var (half, s, t) = LogParts(f);
        var low = V.Fma(s, half + t, e * V.Of(2.3190468138462996e-17));
        return V.Fma(e, V.Of(0.69314718055994529), f - (half - low));
    }

    /// <summary>ln(1 + f).</summary>
    [MethodImpl(Inline)]
    static V LogOf1Plus(V f)
    {
        if (Single) return f + V.Fma(f * f, V.Of(-0.5), f * f * f * LogTail(f));
        var (half, s, t) = LogParts(f);
        return f - (half - s * (half + t));
    }

    /// <summary>f²/2, s = f/(2 + f) and t with ln(1 + f) = f − (f²/2 − s·(f²/2 + t)).</summary>
    [MethodImpl(Inline)]
    static (V Half, V S, V T) LogParts(V f)
    {
        var s = f / (V.Of(2) + f);
        var z = s * s;
        var p = Step(V.Of(0.14618234238274436), z, 0.1533157399677397);
        p = Step(p, z, 0.18182893681965404);
        p = Step(p, z, 0.22222211070311354);
        p = Step(p, z, 0.28571428626385337);
        p = Step(p, z, 0.39999999999898561);
        p = Step(p, z, 0.66666666666666696);
        return (V.Of(0.5) * f * f, s, z * p);
    }

    /// <summary>(ln(1 + f) − f + f²/2) / f³ in single precision.</summary>
    [MethodImpl(Inline)]
    static V LogTail(V f)
    {
        var p = Step(V.Of(0.070375897), f, -0.115147315);
        p = Step(p, f, 0.116770938);
        p = Step(p, f, -0.12420129);
        p = Step(p, f, 0.142493114);
        p = Step(p, f, -0.166680574);
        p = Step(p, f, 0.200007156);
        p = Step(p, f, -0.24999994);
        return Step(p, f, 0.333333313);
    }

    /// <summary>The result where x is over the pole and finite; else ∞, NaN, or −∞ at the pole.</summary>
    [MethodImpl(Inline)]
    static V LogLimits(V x, V pole, V y)
    {
        y = V.IfLess(x, Infinity, y, x);
        return V.IfLess(pole, x, y, V.Select(V.Equal(x, pole), -Infinity, NaN));
    }
}
