using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Mathematics;

/// <summary>Elementary functions on vectors of float or double: within 2 ulp in float32 (erfc 3) and 4 in float64 (tests measure it), with the limits
/// at ±0, ±∞ and NaN that C99 states, and the same bits at every width. The polynomials come from
/// <c>tests/Strata.Tests/Reference/fit_polynomials.py</c>; the schemes are the classical ones: argument reduction, a polynomial, reconstruction.</summary>
internal static partial class VectorMath<V, T>
    where V : struct, IVector<V, T>
    where T : unmanaged, INumber<T>
{
    const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Whether the element is float; a constant to the JIT, which compiles one branch only.</summary>
    static bool Single
    {
        [MethodImpl(Inline)]
        get => typeof(T) == typeof(float);
    }

    static V Infinity
    {
        [MethodImpl(Inline)]
        get => V.Of(double.PositiveInfinity);
    }

    static V NaN
    {
        [MethodImpl(Inline)]
        get => V.Of(double.NaN);
    }

    /// <summary>A constant in every lane.</summary>
    [MethodImpl(Inline)]
    static V Of(double value) => V.Of(value);

    /// <summary>A constant of its own for each type.</summary>
    [MethodImpl(Inline)]
    static V Of(float single, double wide) => V.Of(typeof(T) == typeof(float) ? single : wide);

    /// <summary>p·x + c: a step of Horner's rule.</summary>
    [MethodImpl(Inline)]
    static V Step(V p, V x, double c) => V.Fma(p, x, V.Of(c));

    /// <summary>The sign bit of x alone.</summary>
    [MethodImpl(Inline)]
    static V SignOf(V x) => x & Exponents<V, T>.Sign;

    /// <summary>Computes the lanes where <paramref name="rare"/> is set one by one: the way out where the fast scheme does not reach.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    static unsafe V OneByOne(V rare, V x, V y, delegate*<double, double> f)
    {
        var flags = stackalloc byte[V.Count];
        var from = stackalloc T[V.Count];
        var to = stackalloc T[V.Count];
        rare.StoreMask(flags);
        x.Store(from);
        y.Store(to);
        for (var i = 0; i < V.Count; i++)
            if (flags[i] != 0) to[i] = T.CreateTruncating(f(double.CreateTruncating(from[i])));
        return V.Load(to);
    }
}
