using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels.Mathematics;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Elementwise;

/// <summary>eˣ.</summary>
internal readonly struct Exp<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => VectorMath<V, T>.Exp(x);
}

/// <summary>2ˣ.</summary>
internal readonly struct Exp2<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static int Cost => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => VectorMath<V, T>.Exp2(x);
}

/// <summary>eˣ − 1.</summary>
internal readonly struct Expm1<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static int Cost => 5;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => VectorMath<V, T>.Expm1(x);
}

/// <summary>ln x.</summary>
internal readonly struct Log<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static int Cost => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => VectorMath<V, T>.Log(x);
}

/// <summary>ln(1 + x).</summary>
internal readonly struct Log1p<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static int Cost => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => VectorMath<V, T>.Log1p(x);
}

/// <summary>log₂ x.</summary>
internal readonly struct Log2<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static int Cost => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => VectorMath<V, T>.Log2(x);
}

/// <summary>log₁₀ x.</summary>
internal readonly struct Log10<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static int Cost => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => VectorMath<V, T>.Log10(x);
}

/// <summary>sin x.</summary>
internal readonly struct Sin<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static int Cost => 7;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => VectorMath<V, T>.Sin(x);
}

/// <summary>cos x.</summary>
internal readonly struct Cos<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static int Cost => 7;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => VectorMath<V, T>.Cos(x);
}

/// <summary>tan x.</summary>
internal readonly struct Tan<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static int Cost => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => VectorMath<V, T>.Tan(x);
}

/// <summary>arcsin x.</summary>
internal readonly struct Asin<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static int Cost => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => VectorMath<V, T>.Asin(x);
}

/// <summary>arccos x.</summary>
internal readonly struct Acos<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static int Cost => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => VectorMath<V, T>.Acos(x);
}

/// <summary>arctan x.</summary>
internal readonly struct Atan<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static int Cost => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => VectorMath<V, T>.Atan(x);
}

/// <summary>sinh x.</summary>
internal readonly struct Sinh<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static int Cost => 7;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => VectorMath<V, T>.Sinh(x);
}

/// <summary>cosh x.</summary>
internal readonly struct Cosh<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static int Cost => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => VectorMath<V, T>.Cosh(x);
}

/// <summary>tanh x.</summary>
internal readonly struct Tanh<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static int Cost => 7;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => VectorMath<V, T>.Tanh(x);
}

/// <summary>1/(1 + e⁻ˣ).</summary>
internal readonly struct Sigmoid<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static int Cost => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => VectorMath<V, T>.Sigmoid(x);
}

/// <summary>ln(1 + eˣ).</summary>
internal readonly struct Softplus<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static int Cost => 12;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => VectorMath<V, T>.Softplus(x);
}

/// <summary>erf x.</summary>
internal readonly struct Erf<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static int Cost => 12;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => VectorMath<V, T>.Erf(x);
}

/// <summary>erfc x.</summary>
internal readonly struct Erfc<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static int Cost => 12;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Invoke<V>(V x)
        where V : struct, IVector<V, T> => VectorMath<V, T>.Erfc(x);
}
