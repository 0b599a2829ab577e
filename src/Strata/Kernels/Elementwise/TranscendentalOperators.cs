using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels.Mathematics;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Elementwise;

/// <summary>The element-wise functions as operators of the walks.</summary>
internal static partial class Operators
{
    /// <summary>eˣ.</summary>
    public readonly struct Exp : IUnaryOperator
    {
        public static int Cost => 4;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => VectorMath<V, T>.Exp(x);
    }

    /// <summary>2ˣ.</summary>
    public readonly struct Exp2 : IUnaryOperator
    {
        public static int Cost => 4;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => VectorMath<V, T>.Exp2(x);
    }

    /// <summary>eˣ − 1.</summary>
    public readonly struct Expm1 : IUnaryOperator
    {
        public static int Cost => 5;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => VectorMath<V, T>.Expm1(x);
    }

    /// <summary>ln x.</summary>
    public readonly struct Log : IUnaryOperator
    {
        public static int Cost => 6;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => VectorMath<V, T>.Log(x);
    }

    /// <summary>ln(1 + x).</summary>
    public readonly struct Log1p : IUnaryOperator
    {
        public static int Cost => 8;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => VectorMath<V, T>.Log1p(x);
    }

    /// <summary>log₂ x.</summary>
    public readonly struct Log2 : IUnaryOperator
    {
        public static int Cost => 6;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => VectorMath<V, T>.Log2(x);
    }

    /// <summary>log₁₀ x.</summary>
    public readonly struct Log10 : IUnaryOperator
    {
        public static int Cost => 6;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => VectorMath<V, T>.Log10(x);
    }

    /// <summary>sin x.</summary>
    public readonly struct Sin : IUnaryOperator
    {
        public static int Cost => 7;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => VectorMath<V, T>.Sin(x);
    }

    /// <summary>cos x.</summary>
    public readonly struct Cos : IUnaryOperator
    {
        public static int Cost => 7;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => VectorMath<V, T>.Cos(x);
    }

    /// <summary>tan x.</summary>
    public readonly struct Tan : IUnaryOperator
    {
        public static int Cost => 8;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => VectorMath<V, T>.Tan(x);
    }

    /// <summary>arcsin x.</summary>
    public readonly struct Asin : IUnaryOperator
    {
        public static int Cost => 6;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => VectorMath<V, T>.Asin(x);
    }

    /// <summary>arccos x.</summary>
    public readonly struct Acos : IUnaryOperator
    {
        public static int Cost => 6;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => VectorMath<V, T>.Acos(x);
    }

    /// <summary>arctan x.</summary>
    public readonly struct Atan : IUnaryOperator
    {
        public static int Cost => 6;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => VectorMath<V, T>.Atan(x);
    }

    /// <summary>sinh x.</summary>
    public readonly struct Sinh : IUnaryOperator
    {
        public static int Cost => 7;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => VectorMath<V, T>.Sinh(x);
    }

    /// <summary>cosh x.</summary>
    public readonly struct Cosh : IUnaryOperator
    {
        public static int Cost => 6;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => VectorMath<V, T>.Cosh(x);
    }

    /// <summary>tanh x.</summary>
    public readonly struct Tanh : IUnaryOperator
    {
        public static int Cost => 7;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => VectorMath<V, T>.Tanh(x);
    }

    /// <summary>1/(1 + e⁻ˣ).</summary>
    public readonly struct Sigmoid : IUnaryOperator
    {
        public static int Cost => 6;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => VectorMath<V, T>.Sigmoid(x);
    }

    /// <summary>ln(1 + eˣ).</summary>
    public readonly struct Softplus : IUnaryOperator
    {
        public static int Cost => 12;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => VectorMath<V, T>.Softplus(x);
    }

    /// <summary>erf x.</summary>
    public readonly struct Erf : IUnaryOperator
    {
        public static int Cost => 12;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => VectorMath<V, T>.Erf(x);
    }

    /// <summary>erfc x.</summary>
    public readonly struct Erfc : IUnaryOperator
    {
        public static int Cost => 12;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => VectorMath<V, T>.Erfc(x);
    }
}
