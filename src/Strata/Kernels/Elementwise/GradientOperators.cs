using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Elementwise;

internal static partial class Operators
{
    /// <summary>dy·(1 − y²).</summary>
    public readonly struct TanhGradient : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V y, V dy)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => dy * V.Fma(-y, y, T.One);
    }

    /// <summary>dy·y·(1 − y).</summary>
    public readonly struct SigmoidGradient : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V y, V dy)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => dy * (y * (T.One - y));
    }

    /// <summary>dy where y is positive, else 0.</summary>
    public readonly struct ReluGradient : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V y, V dy)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => V.IfLess(T.Zero, y, dy, T.Zero);
    }

    /// <summary>x between two bounds; NaN stays.</summary>
    public readonly struct Clip(double low, double high) : IUnaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T>
        {
            V least = T.CreateSaturating(low), most = T.CreateSaturating(high);
            x = V.IfLess(x, least, least, x);
            return V.IfLess(most, x, most, x);
        }
    }

    /// <summary>dy where x lies between two bounds or on one, else 0.</summary>
    public readonly struct ClipGradient(double low, double high) : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V x, V dy)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T>
        {
            V least = T.CreateSaturating(low), most = T.CreateSaturating(high);
            return V.IfLess(x, least, T.Zero, V.IfLess(most, x, T.Zero, dy));
        }
    }
}
