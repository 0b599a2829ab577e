using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels.Elementwise;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Reduction;

/// <summary>An associative function that many elements are combined with.</summary>
internal interface IReduction : IBinaryOperator
{
    /// <summary>The value that changes nothing when combined: the result for no elements.</summary>
    static abstract T Identity<T>()
        where T : unmanaged, INumber<T>;
}

/// <summary>The functions to reduce with.</summary>
internal static class Reductions
{
    const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Σ.</summary>
    public readonly struct Sum : IReduction
    {
        [MethodImpl(Inline)]
        public static T Identity<T>()
            where T : unmanaged, INumber<T> => T.Zero;

        [MethodImpl(Inline)]
        public V Invoke<V, T>(V a, V b)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => a + b;
    }

    /// <summary>∏.</summary>
    public readonly struct Product : IReduction
    {
        [MethodImpl(Inline)]
        public static T Identity<T>()
            where T : unmanaged, INumber<T> => T.One;

        [MethodImpl(Inline)]
        public V Invoke<V, T>(V a, V b)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => a * b;
    }

    /// <summary>The greatest; NaN if any is.</summary>
    public readonly struct Max : IReduction
    {
        [MethodImpl(Inline)]
        public static T Identity<T>()
            where T : unmanaged, INumber<T> =>
            typeof(T) == typeof(float) ? (T)(object)float.NegativeInfinity
            : typeof(T) == typeof(double) ? (T)(object)double.NegativeInfinity
            : T.CreateSaturating(long.MinValue);

        [MethodImpl(Inline)]
        public V Invoke<V, T>(V a, V b)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => V.Max(a, b);
    }

    /// <summary>The least; NaN if any is.</summary>
    public readonly struct Min : IReduction
    {
        [MethodImpl(Inline)]
        public static T Identity<T>()
            where T : unmanaged, INumber<T> =>
            typeof(T) == typeof(float) ? (T)(object)float.PositiveInfinity
            : typeof(T) == typeof(double) ? (T)(object)double.PositiveInfinity
            : T.CreateSaturating(long.MaxValue);

        [MethodImpl(Inline)]
        public V Invoke<V, T>(V a, V b)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => V.Min(a, b);
    }
}
