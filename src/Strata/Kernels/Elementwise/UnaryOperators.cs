using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels.Mathematics;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Elementwise;

/// <summary>−x.</summary>
internal readonly struct Negate<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => -x;
}

/// <summary>|x|.</summary>
internal readonly struct Abs<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => V.Abs(x);
}

/// <summary>x².</summary>
internal readonly struct Square<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => x * x;
}

/// <summary>−1, 0 or 1; NaN and ±0 stay.</summary>
internal readonly struct Sign<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => V.IfLess(T.Zero, x, T.One, V.IfLess(x, T.Zero, -(V)T.One, x));
}

/// <summary>0 where x is negative, else x; NaN stays.</summary>
internal readonly struct Relu<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => V.IfLess(x, T.Zero, T.Zero, x);
}

/// <summary>1/x.</summary>
internal readonly struct Reciprocal<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => T.One / x;
}

/// <summary>⌊x⌋.</summary>
internal readonly struct Floor<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => V.Floor(x);
}

/// <summary>⌈x⌉.</summary>
internal readonly struct Ceiling<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => V.Ceiling(x);
}

/// <summary>The nearest integer, ties to even.</summary>
internal readonly struct Round<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => V.Round(x);
}

/// <summary>The integer part.</summary>
internal readonly struct Truncate<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => V.Truncate(x);
}

/// <summary>√x; NaN below 0.</summary>
internal readonly struct Sqrt<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static int Cost => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => V.Sqrt(x);
}

/// <summary>1/√x.</summary>
internal readonly struct Rsqrt<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static int Cost => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => T.One / V.Sqrt(x);
}
