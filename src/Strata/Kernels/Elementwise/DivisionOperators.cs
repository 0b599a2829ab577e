using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels.Mathematics;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Elementwise;

internal static unsafe partial class Operators
{
    /// <summary>The remainder of a by b with the sign of b, exact; of integers by 0, 0.</summary>
    public readonly struct Remainder : IBinaryOperator
    {
        public static int Cost => 8;

        public V Invoke<V, T>(V a, V b)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T>
        {
            var p = stackalloc T[V.Count];
            var q = stackalloc T[V.Count];
            a.Store(p);
            b.Store(q);
            for (var i = 0; i < V.Count; i++) p[i] = Of(p[i], q[i]);
            return V.Load(p);
        }

        static T Of<T>(T a, T b)
            where T : unmanaged, INumber<T>
        {
            if (typeof(T) != typeof(float) && typeof(T) != typeof(double) && (T.IsZero(b) || T.IsZero(b + T.One))) return T.Zero; // the processor traps
            var r = a % b;
            return !T.IsZero(r) && T.IsNegative(r) != T.IsNegative(b) ? r + b : r;
        }
    }

    /// <summary>The angle of the point (x, y) in radians.</summary>
    public readonly struct Atan2 : IBinaryOperator
    {
        public static int Cost => 10;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V, T>(V y, V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> => VectorMath<V, T>.Atan2(y, x);
    }
}
