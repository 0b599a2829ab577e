using System.Runtime.CompilerServices;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Mathematics;

internal static partial class VectorMath<V, T>
{
    /// <summary>erf x = 2/√π ∫₀ˣ e^(−t²) dt.</summary>
    [MethodImpl(Inline)]
    public static V Erf(V x)
    {
        var a = V.Abs(x);
        return V.IfLess(a, V.Of(1), ErfNear(x), (V.Of(1) - ErfcFar(a)) | SignOf(x));
    }

    /// <summary>erfc x = 1 − erf x, to full relative accuracy in the upper tail.</summary>
    [MethodImpl(Inline)]
    public static V Erfc(V x)
    {
        var a = V.Abs(x);
        var far = ErfcFar(a);
        return V.IfLess(a, V.Of(0.5), V.Of(1) - ErfNear(x), V.IfLess(x, V.Of(0), V.Of(2) - far, far));
    }

    /// <summary>erf x for |x| ≤ 1.</summary>
    [MethodImpl(Inline)]
    static V ErfNear(V x)
    {
        var z = x * x;
        V p;
        if (Single)
        {
            p = Step(V.Of(7.85388038e-05), z, -0.000801020185);
            p = Step(p, z, 0.00518832915);
            p = Step(p, z, -0.0268538129);
            p = Step(p, z, 0.112835854);
            p = Step(p, z, -0.37612626);
        }
        else
        {
            p = Step(V.Of(-7.7794666723156829e-10), z, 1.3710978692464654e-08);
            p = Step(p, z, -1.6206313149242336e-07);
            p = Step(p, z, 1.644713145736884e-06);
            p = Step(p, z, -1.4924712289520667e-05);
            p = Step(p, z, 0.00012055293576065904);
            p = Step(p, z, -0.00085483259292807917);
            p = Step(p, z, 0.0052239776061177032);
            p = Step(p, z, -0.026866170643111385);
            p = Step(p, z, 0.11283791670944185);
            p = Step(p, z, -0.37612638903183521);
        }

        return V.Fma(x, Step(p, z, 0.12837916709551257), x); // 2/√π − 1, so that the rounding of the sum counts less
    }

    /// <summary>erfc a for a ≥ ½: e^(−a²)/(1 + 2a) times a polynomial in (a − 2)/(a + 2).</summary>
    [MethodImpl(Inline)]
    static V ErfcFar(V a)
    {
        a = V.IfLess(Of(11, 28), a, Of(11, 28), a); // there the result is 0
        var square = a * a;
        var low = V.Fma(a, a, -square); // the rounding error of the square
        var e = Exp(-square, -low, 0);
        var t = (a - V.Of(2)) / (a + V.Of(2));
        V p;
        if (Single)
        {
            p = Step(V.Of(-0.000197822563), t, -0.00126852968);
            p = Step(p, t, 0.00112279621);
            p = Step(p, t, 0.00866072252);
            p = Step(p, t, -0.00799893122);
        }
        else
        {
            p = Step(V.Of(9.4348700552871683e-08), t, 2.633703627208253e-07);
            p = Step(p, t, -9.1777333748991938e-07);
            p = Step(p, t, -1.3535708580196027e-06);
            p = Step(p, t, 1.7523280861955e-06);
            p = Step(p, t, 5.6397759985024821e-06);
            p = Step(p, t, 3.4985228127248516e-06);
            p = Step(p, t, -1.3643825082161982e-05);
            p = Step(p, t, -3.6330761309259232e-05);
            p = Step(p, t, -1.4767535405622213e-06);
            p = Step(p, t, 0.00015101566545232563);
            p = Step(p, t, 0.00020636280099332473);
            p = Step(p, t, -0.00045433724375838107);
            p = Step(p, t, -0.0014568135995797985);
            p = Step(p, t, 0.0012713386443841516);
            p = Step(p, t, 0.0087226538605296028);
            p = Step(p, t, -0.0080340150667700984);
        }

        p = V.Fma(p, t, Of(-0.0542114675f, -0.054220000991707026));
        p = V.Fma(p, t, Of(0.164048031f, 0.1640512800330946));
        p = V.Fma(p, t, Of(-0.166030824f, -0.16603039761529231));
        p = V.Fma(p, t, Of(-0.0927637443f, -0.092763826585743739));
        p = V.Fma(p, t, Of(1.27697837f, 1.2769783815525286));
        return e * (p / V.Fma(V.Of(2), a, V.Of(1)));
    }
}
