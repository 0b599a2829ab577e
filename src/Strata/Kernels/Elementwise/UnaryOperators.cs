using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Elementwise;

/// <summary>The element-wise functions as operators of the walks.</summary>
internal static partial class Operators
{
    /// <summary>x itself.</summary>
    public readonly struct Identity : IUnaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => x;
    }

    /// <summary>−x.</summary>
    public readonly struct Negate : IUnaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => -x;
    }

    /// <summary>|x|.</summary>
    public readonly struct Abs : IUnaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => V.Abs(x);
    }

    /// <summary>x².</summary>
    public readonly struct Square : IUnaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => x * x;
    }

    /// <summary>−1, 0 or 1; NaN and ±0 stay.</summary>
    public readonly struct Sign : IUnaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => V.IfLess(T.Zero, x, T.One, V.IfLess(x, T.Zero, -(V)T.One, x));
    }

    /// <summary>0 where x is negative, else x; NaN stays.</summary>
    public readonly struct Relu : IUnaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => V.IfLess(x, T.Zero, T.Zero, x);
    }

    /// <summary>1/x.</summary>
    public readonly struct Reciprocal : IUnaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => T.One / x;
    }

    /// <summary>⌊x⌋.</summary>
    public readonly struct Floor : IUnaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => V.Floor(x);
    }

    /// <summary>⌈x⌉.</summary>
    public readonly struct Ceiling : IUnaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => V.Ceiling(x);
    }

    /// <summary>The nearest integer, ties to even.</summary>
    public readonly struct Round : IUnaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => V.Round(x);
    }

    /// <summary>The integer part.</summary>
    public readonly struct Truncate : IUnaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => V.Truncate(x);
    }

    /// <summary>√x; NaN below 0.</summary>
    public readonly struct Sqrt : IUnaryOperator
    {
        public static int Cost => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => V.Sqrt(x);
    }

    /// <summary>1/√x.</summary>
    public readonly struct Rsqrt : IUnaryOperator
    {
        public static int Cost => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => T.One / V.Sqrt(x);
    }
}
