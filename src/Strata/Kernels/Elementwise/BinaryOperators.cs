using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels.Mathematics;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Elementwise;

/// <summary>The element-wise functions as operators of the walks.</summary>
internal static partial class Operators
{
    /// <summary>a + b.</summary>
    public readonly struct Add : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V a, V b)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => a + b;
    }

    /// <summary>a − b.</summary>
    public readonly struct Subtract : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V a, V b)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => a - b;
    }

    /// <summary>a·b.</summary>
    public readonly struct Multiply : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V a, V b)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => a * b;
    }

    /// <summary>a/b. For integers the quotient cut toward zero, and 0 where b is 0, as in NumPy's integer division.</summary>
    public readonly struct Divide : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V a, V b)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T>
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
    public readonly struct Minimum : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V a, V b)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => V.Min(a, b);
    }

    /// <summary>The greater; NaN if either is.</summary>
    public readonly struct Maximum : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V a, V b)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => V.Max(a, b);
    }

    /// <summary>aᵇ.</summary>
    public readonly struct Pow : IBinaryOperator
    {
        public static int Cost => 20;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V a, V b)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => VectorMath<V, T>.Pow(a, b);
    }

    /// <summary>a &lt; b.</summary>
    public readonly struct Less : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V a, V b)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => a < b;
    }

    /// <summary>a ≤ b.</summary>
    public readonly struct LessEqual : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V a, V b)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => a <= b;
    }

    /// <summary>a = b.</summary>
    public readonly struct Equal : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V a, V b)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => V.Equal(a, b);
    }

    /// <summary>a ≠ b; true if either is NaN.</summary>
    public readonly struct NotEqual : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V a, V b)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => ~V.Equal(a, b);
    }

    /// <summary>a and b, bit by bit.</summary>
    public readonly struct And : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V a, V b)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => a & b;
    }

    /// <summary>a or b, bit by bit.</summary>
    public readonly struct Or : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V a, V b)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => a | b;
    }

    /// <summary>a or b but not both, bit by bit.</summary>
    public readonly struct Xor : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V a, V b)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => a ^ b;
    }
}
