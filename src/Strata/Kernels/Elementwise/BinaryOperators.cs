using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels.Mathematics;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Elementwise;

/// <summary>a + b.</summary>
internal readonly struct Add<T> : IBinaryOperator<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V a, V b)
        where V : struct, IVector<V, T> => a + b;
}

/// <summary>a − b.</summary>
internal readonly struct Subtract<T> : IBinaryOperator<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V a, V b)
        where V : struct, IVector<V, T> => a - b;
}

/// <summary>a·b.</summary>
internal readonly struct Multiply<T> : IBinaryOperator<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V a, V b)
        where V : struct, IVector<V, T> => a * b;
}

/// <summary>a/b. For integers the quotient cut toward zero, and 0 where b is 0, as in NumPy's integer division.</summary>
internal readonly struct Divide<T> : IBinaryOperator<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V a, V b)
        where V : struct, IVector<V, T>
    {
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double)) return a / b;

        // The processor traps for a divisor 0, and for −1 under the least integer; neither reaches it.
        var zero = V.Equal(b, T.Zero);
        if (typeof(T) == typeof(byte)) return V.Select(zero, T.Zero, a / V.Select(zero, T.One, b));
        var minusOne = V.Equal(b, -(V)T.One);
        var quotient = a / V.Select(zero | minusOne, T.One, b);
        return V.Select(zero, T.Zero, V.Select(minusOne, -a, quotient));
    }
}

/// <summary>The lesser; NaN if either is.</summary>
internal readonly struct Minimum<T> : IBinaryOperator<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V a, V b)
        where V : struct, IVector<V, T> => V.Min(a, b);
}

/// <summary>The greater; NaN if either is.</summary>
internal readonly struct Maximum<T> : IBinaryOperator<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V a, V b)
        where V : struct, IVector<V, T> => V.Max(a, b);
}

/// <summary>aᵇ.</summary>
internal readonly struct Pow<T> : IBinaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static int Cost => 20;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V a, V b)
        where V : struct, IVector<V, T> => VectorMath<V, T>.Pow(a, b);
}

/// <summary>a &lt; b.</summary>
internal readonly struct Less<T> : IBinaryOperator<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V a, V b)
        where V : struct, IVector<V, T> => a < b;
}

/// <summary>a ≤ b.</summary>
internal readonly struct LessEqual<T> : IBinaryOperator<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V a, V b)
        where V : struct, IVector<V, T> => a <= b;
}

/// <summary>a = b.</summary>
internal readonly struct Equal<T> : IBinaryOperator<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V a, V b)
        where V : struct, IVector<V, T> => V.Equal(a, b);
}

/// <summary>a ≠ b; true if either is NaN.</summary>
internal readonly struct NotEqual<T> : IBinaryOperator<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V a, V b)
        where V : struct, IVector<V, T> => ~V.Equal(a, b);
}

/// <summary>a and b, bit by bit.</summary>
internal readonly struct And<T> : IBinaryOperator<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V a, V b)
        where V : struct, IVector<V, T> => a & b;
}

/// <summary>a or b, bit by bit.</summary>
internal readonly struct Or<T> : IBinaryOperator<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V a, V b)
        where V : struct, IVector<V, T> => a | b;
}

/// <summary>a or b but not both, bit by bit.</summary>
internal readonly struct Xor<T> : IBinaryOperator<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V a, V b)
        where V : struct, IVector<V, T> => a ^ b;
}
