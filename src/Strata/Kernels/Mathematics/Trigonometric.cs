using System.Runtime.CompilerServices;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Mathematics;

internal static unsafe partial class VectorMath<V, T>
{
    // Up to here n·π/2 is subtracted in three exact enough steps; beyond, elements are done one by one in double precision.
    static V ReductionLimit
    {
        [MethodImpl(Inline)]
        get => Of(30000, 1e8);
    }

    /// <summary>sin x, x in radians.</summary>
    [MethodImpl(Inline)]
    public static V Sin(V x)
    {
        var (quadrant, s, c) = Wave(V.Abs(x));
        var y = V.Select(IsEven(quadrant), s, c) ^ SignOf(Shift(quadrant)) ^ SignOf(x);
        var far = ~(V.Abs(x) <= ReductionLimit);
        return V.Any(far) ? OneByOne(far, x, y, &System.Math.Sin) : y;
    }

    /// <summary>cos x, x in radians.</summary>
    [MethodImpl(Inline)]
    public static V Cos(V x)
    {
        var (quadrant, s, c) = Wave(V.Abs(x));
        var y = V.Select(IsEven(quadrant), c, s) ^ SignOf(Shift(quadrant + V.Of(1))); // cos x = sin(x + π/2)
        var far = ~(V.Abs(x) <= ReductionLimit);
        return V.Any(far) ? OneByOne(far, x, y, &System.Math.Cos) : y;
    }

    /// <summary>tan x, x in radians.</summary>
    [MethodImpl(Inline)]
    public static V Tan(V x)
    {
        var (quadrant, s, c) = Wave(V.Abs(x));
        var even = IsEven(quadrant);
        var y = V.Select(even, s, -c) / V.Select(even, c, s) ^ SignOf(x);
        var far = ~(V.Abs(x) <= ReductionLimit);
        return V.Any(far) ? OneByOne(far, x, y, &System.Math.Tan) : y;
    }

    /// <summary>For x ≥ 0: n = the nearest multiple of π/2, added to a number so large that n stands in its last bits; sin r and cos r of the rest.</summary>
    [MethodImpl(Inline)]
    static (V Quadrant, V Sin, V Cos) Wave(V x)
    {
        var n = V.Round(x * V.Of(0.63661977236758138));
        var r = V.Fma(n, Of(-1.57079637f, -1.5707963267948966), x); // exact
        r = V.Fma(n, Of(4.37113883e-08f, -6.123233995736766e-17), r);
        r = V.Fma(n, Of(1.71512451e-15f, 1.4973849048591698e-33), r);
        var z = r * r;
        V s, c;
        if (Single)
        {
            s = Step(V.Of(2.72487978e-06), z, -0.000198400769);
            s = Step(s, z, 0.00833333191);
            s = Step(s, z, -0.166666672);
            c = Step(V.Of(2.45471019e-05), z, -0.0013888299);
            c = Step(c, z, 0.0416666642);
        }
        else
        {
            s = Step(V.Of(1.5917680576997727e-10), z, -2.5051125347830074e-08);
            s = Step(s, z, 2.7557316069768351e-06);
            s = Step(s, z, -0.00019841269836691386);
            s = Step(s, z, 0.0083333333333309011);
            s = Step(s, z, -0.16666666666666666);
            c = Step(V.Of(-1.138238868951917e-11), z, 2.0876142775543434e-09);
            c = Step(c, z, -2.7557317254314557e-07);
            c = Step(c, z, 2.4801587298730493e-05);
            c = Step(c, z, -0.0013888888888887372);
            c = Step(c, z, 0.041666666666666664);
        }

        return (n + Of(12582912, 6755399441055744), V.Fma(z * r, s, r), V.Fma(z * z, c, V.Fma(z, V.Of(-0.5), V.Of(1))));
    }

    [MethodImpl(Inline)]
    static V IsEven(V quadrant) => V.Equal(Shift(quadrant) & V.Of(2), V.Of(0)); // the last bit stands where the number 2 has its only one

    /// <summary>The quadrant with its last bit but one at the sign bit.</summary>
    [MethodImpl(Inline)]
    static V Shift(V quadrant) => Single ? quadrant << 30 : quadrant << 62;
}
