using System.Runtime.CompilerServices;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Mathematics;

internal static partial class VectorMath<V, T>
{
    /// <summary>1 / (1 + e⁻ˣ), accurate in both tails.</summary>
    [MethodImpl(Inline)]
    public static V Sigmoid(V x)
    {
        var e = Exp(-V.Abs(x));
        return V.IfLess(x, V.Of(0), e, V.Of(1)) / (V.Of(1) + e);
    }

    /// <summary>ln(1 + eˣ), which neither overflows nor loses the lower tail.</summary>
    [MethodImpl(Inline)]
    public static V Softplus(V x) => V.IfLess(x, V.Of(0), V.Of(0), x) + Log1p(Exp(-V.Abs(x)));

    /// <summary>tanh x.</summary>
    [MethodImpl(Inline)]
    public static V Tanh(V x)
    {
        var a = V.Abs(x);
        var z = x * x;
        V p;
        if (Single)
        {
            p = Step(V.Of(-0.00609694142), z, 0.0209973566);
            p = Step(p, z, -0.0538509525);
            p = Step(p, z, 0.133327708);
            p = Step(p, z, -0.333333284);
        }
        else
        {
            p = Step(V.Of(-1.7245516959038201e-05), z, 7.9600814637763236e-05);
            p = Step(p, z, -0.00023077720863555549);
            p = Step(p, z, 0.00058743776786776786);
            p = Step(p, z, -0.0014553094317249634);
            p = Step(p, z, 0.0035920590006106091);
            p = Step(p, z, -0.0088632298333553728);
            p = Step(p, z, 0.021869488260705734);
            p = Step(p, z, -0.053968253961400064);
            p = Step(p, z, 0.13333333333326663);
            p = Step(p, z, -0.3333333333333332);
        }

        var far = V.Of(1) - V.Of(2) / (Exp(a + a) + V.Of(1));
        return V.IfLess(a, V.Of(0.625), V.Fma(z * x, p, x), far) | SignOf(x);
    }

    /// <summary>sinh x.</summary>
    [MethodImpl(Inline)]
    public static V Sinh(V x)
    {
        var a = V.Abs(x);
        var z = x * x;
        V p;
        if (Single)
        {
            p = Step(V.Of(2.80614177e-06), z, 0.000198381225);
            p = Step(p, z, 0.00833333936);
            p = Step(p, z, 0.166666672);
        }
        else
        {
            p = Step(V.Of(7.7460116738484838e-13), z, 1.6057684628148473e-10);
            p = Step(p, z, 2.5052117639654813e-08);
            p = Step(p, z, 2.7557319191673186e-06);
            p = Step(p, z, 0.00019841269841323517);
            p = Step(p, z, 0.0083333333333333003);
            p = Step(p, z, 0.16666666666666666);
        }

        var half = HalfExp(a);
        return V.IfLess(a, V.Of(1), V.Fma(z * x, p, x), (half - V.Of(0.25) / half) | SignOf(x));
    }

    /// <summary>cosh x.</summary>
    [MethodImpl(Inline)]
    public static V Cosh(V x)
    {
        var half = HalfExp(V.Abs(x));
        return half + V.Of(0.25) / half;
    }
}
