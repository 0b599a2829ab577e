using System.Runtime.CompilerServices;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Mathematics;

internal static partial class VectorMath<V, T>
{
    /// <summary>arctan x, in (−π/2, π/2).</summary>
    [MethodImpl(Inline)]
    public static V Atan(V x)
    {
        // arctan a = π/2 + arctan(−1/a) over tan ⅜π, = π/4 + arctan((a − 1)/(a + 1)) over tan ⅛π.
        var a = V.Abs(x);
        var one = V.Of(1);
        var mid = V.Of(0.41421356237309503);
        var high = V.Of(2.4142135623730950);
        var over = V.IfLess(high, a, -one, V.IfLess(mid, a, a - one, a));
        var under = V.IfLess(high, a, a, V.IfLess(mid, a, a + one, one));
        var t = over / under;
        var z = t * t;
        V p;
        if (Single)
        {
            p = Step(V.Of(-0.0645430312), z, 0.10744644);
            p = Step(p, z, -0.14264065);
            p = Step(p, z, 0.199995443);
            p = Step(p, z, -0.333333313);
        }
        else
        {
            p = Step(V.Of(-0.019179697914617592), z, 0.039234730831111363);
            p = Step(p, z, -0.050855860689346111);
            p = Step(p, z, 0.058581813853125914);
            p = Step(p, z, -0.066645160194386696);
            p = Step(p, z, 0.076921835827396687);
            p = Step(p, z, -0.090909045983190481);
            p = Step(p, z, 0.11111111015848224);
            p = Step(p, z, -0.14285714284675283);
            p = Step(p, z, 0.19999999999995571);
            p = Step(p, z, -0.33333333333333331);
        }

        var start = V.IfLess(high, a, V.Of(1.5707963267948966), V.IfLess(mid, a, V.Of(0.78539816339744828), V.Of(0)));
        var low = V.IfLess(high, a, Of(-4.37113883e-08f, 6.123233995736766e-17), V.IfLess(mid, a, Of(-2.18556941e-08f, 3.061616997868383e-17), V.Of(0)));
        return (start + (V.Fma(z * t, p, low) + t)) ^ SignOf(x);
    }

    /// <summary>The angle of the point (x, y) in [−π, π], with C99's limits.</summary>
    [MethodImpl(Inline)]
    public static V Atan2(V y, V x)
    {
        var ratio = y / x;
        ratio = V.Select(V.Equal(y, V.Of(0)), V.Of(0), ratio); // 0/0 too
        var bothInfinite = V.Equal(V.Abs(y), Infinity) & V.Equal(V.Abs(x), Infinity);
        ratio = V.Select(bothInfinite, V.Of(1), ratio);
        var left = V.Of(1) | SignOf(x); // negative for −0 too, which no comparison tells from +0
        var angle = Atan(V.Abs(ratio));
        var mirrored = Of(3.14159274f, 3.1415926535897931) - (angle + Of(8.74227766e-08f, -1.2246467991473532e-16));
        angle = V.IfLess(left, V.Of(0), mirrored, angle) | SignOf(y);
        return V.Select(V.Equal(x, x) & V.Equal(y, y), angle, NaN);
    }

    /// <summary>arcsin x, in [−π/2, π/2]; NaN outside −1 … 1.</summary>
    [MethodImpl(Inline)]
    public static V Asin(V x)
    {
        // Over ½: arcsin a = π/2 − 2 arcsin √((1 − a)/2).
        var a = V.Abs(x);
        var half = V.Of(0.5);
        var z = V.IfLess(half, a, (V.Of(1) - a) * half, a * a);
        var s = V.IfLess(half, a, V.Sqrt(z), a);
        var p = V.Fma(z * s, AsinTail(z), s);
        var far = Of(1.57079637f, 1.5707963267948966) - (p + p + Of(4.37113883e-08f, -6.123233995736766e-17));
        return V.IfLess(half, a, far, p) ^ SignOf(x);
    }

    /// <summary>arccos x, in [0, π]; NaN outside −1 … 1.</summary>
    [MethodImpl(Inline)]
    public static V Acos(V x)
    {
        var a = V.Abs(x);
        var half = V.Of(0.5);
        var z = V.IfLess(half, a, (V.Of(1) - a) * half, a * a);
        var s = V.IfLess(half, a, V.Sqrt(z), a);
        var p = V.Fma(z * s, AsinTail(z), s);
        var near = Of(1.57079637f, 1.5707963267948966) - ((p ^ SignOf(x)) + Of(4.37113883e-08f, -6.123233995736766e-17));
        var far = V.IfLess(x, V.Of(0), Of(3.14159274f, 3.1415926535897931) - (p + p + Of(8.74227766e-08f, -1.2246467991473532e-16)), p + p);
        return V.IfLess(half, a, far, near);
    }

    /// <summary>(arcsin s − s) / s³ with z = s², |s| ≤ ½.</summary>
    [MethodImpl(Inline)]
    static V AsinTail(V z)
    {
        V p;
        if (Single)
        {
            p = Step(V.Of(0.0382053703), z, 0.0264954921);
            p = Step(p, z, 0.0450103991);
            p = Step(p, z, 0.0749881119);
            return Step(p, z, 0.166666731);
        }

        p = Step(V.Of(0.02830778312544921), z, -0.010937773938427924);
        p = Step(p, z, 0.016146460451903936);
        p = Step(p, z, 0.0077661106955652596);
        p = Step(p, z, 0.011883085061981479);
        p = Step(p, z, 0.013928648894487352);
        p = Step(p, z, 0.01735534516717634);
        p = Step(p, z, 0.02237204312778392);
        p = Step(p, z, 0.030381947505808117);
        p = Step(p, z, 0.044642857101236041);
        p = Step(p, z, 0.07500000000022107);
        return Step(p, z, 0.16666666666666646);
    }
}
