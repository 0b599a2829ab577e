using System.Runtime.CompilerServices;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Mathematics;

internal static partial class VectorMath<V, T>
{
    /// <summary>xʸ, with C99's special cases: 1 for y = 0 or x = 1 whatever the other, NaN for a negative finite x and a fractional y.</summary>
    [MethodImpl(Inline)]
    public static V Pow(V x, V y)
    {
        var a = V.Abs(x);
        var (h, l) = LogExtended(a);
        var p = y * h;
        var low = V.Fma(y, h, -p) + y * l;
        low = V.IfLess(V.Abs(p), V.Of(1000), low, V.Of(0)); // beyond, the result is 0 or ∞ and the product may be infinite
        var r = Exp(p, low, 0);

        var down = y < V.Of(0);
        r = V.Select(V.Equal(a, V.Of(0)), V.Select(down, Infinity, V.Of(0)), r);
        r = V.Select(V.Equal(a, Infinity), V.Select(down, V.Of(0), Infinity), r);
        r = V.Select(V.Equal(a, V.Of(1)), V.Of(1), r);

        var whole = V.Equal(V.Floor(y), y);
        var halfY = y * V.Of(0.5);
        var odd = whole & ~V.Equal(V.Floor(halfY), halfY);
        r |= SignOf(x) & odd;
        r = V.Select((x < V.Of(0)) & ~whole & (a < Infinity), NaN, r);
        r = V.Select(V.Equal(x, x) & V.Equal(y, y), r, NaN);
        return V.Select(V.Equal(y, V.Of(0)) | V.Equal(x, V.Of(1)), V.Of(1), r);
    }

    /// <summary>ln a as an unevaluated sum of two numbers, good to about 2⁻³⁵ in float and 2⁻⁶⁴ in double relative to the first: the exponent of
    /// xʸ reaches several hundred, and its absolute error becomes the relative error of the power.</summary>
    [MethodImpl(Inline)]
    static (V High, V Low) LogExtended(V a)
    {
        // ln m = 2 artanh s, s = (m − 1)/(m + 1), = 2s + ⅔s³ + s⁵·Q(s²); the first two terms carry their rounding errors along.
        var (e, f) = Split(a);
        var sum = f + V.Of(2);
        var sumLow = f - (sum - V.Of(2));
        var inverse = V.Of(1) / sum;
        var s = f * inverse;
        var sLow = (V.Fma(-s, sum, f) - s * sumLow) * inverse;
        var z = s * s;
        var zLow = V.Fma(s, s, -z) + (s + s) * sLow;
        var cube = z * s;
        var cubeLow = V.Fma(z, s, -cube) + z * sLow + zLow * s;
        var third = cube * V.Of(0.66666666666666663);
        var thirdLow = V.Fma(cube, V.Of(0.66666666666666663), -third) + cube * Of(-1.98682155e-08f, 3.7007434154171883e-17) + cubeLow * V.Of(0.66666666666666663);

        V q;
        if (Single)
        {
            q = Step(V.Of(0.23049283), z, 0.28562212);
            q = Step(q, z, 0.400000155);
        }
        else
        {
            q = Step(V.Of(0.12914960170025608), z, 0.13285846933985826);
            q = Step(q, z, 0.15385578188673235);
            q = Step(q, z, 0.18181808199852864);
            q = Step(q, z, 0.22222222271403136);
            q = Step(q, z, 0.2857142857133782);
            q = Step(q, z, 0.4000000000000003);
        }

        var twice = s + s;
        var high = twice + third;
        var low = third - (high - twice) + sLow + sLow + thirdLow + cube * z * q;

        var scaled = e * Of(0.693115234375f, 0.693147180559663); // ln 2 cut so that the product is exact
        var total = scaled + high;
        low += high - (total - scaled) + e * Of(3.19461833e-05f, 2.8235290563031577e-13);
        high = total + low;
        return (high, low - (high - total));
    }
}
