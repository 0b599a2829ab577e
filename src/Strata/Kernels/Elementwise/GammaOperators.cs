using System.Numerics;
using Strata.Kernels.Mathematics;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Elementwise;

internal static unsafe partial class Operators
{
    /// <summary>ln |Γ(x)|.</summary>
    public readonly struct LogGamma : IUnaryOperator
    {
        public static int Cost => 60;

        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T>
        {
            var lanes = stackalloc T[V.Count];
            x.Store(lanes);
            for (var i = 0; i < V.Count; i++) lanes[i] = T.CreateTruncating(GammaFunctions.LogGamma(double.CreateTruncating(lanes[i])));
            return V.Load(lanes);
        }
    }

    /// <summary>A derivative of ln Γ.</summary>
    public readonly struct Polygamma(int order) : IUnaryOperator
    {
        public static int Cost => 200;

        public V Invoke<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T>
        {
            var lanes = stackalloc T[V.Count];
            x.Store(lanes);
            for (var i = 0; i < V.Count; i++) lanes[i] = T.CreateTruncating(GammaFunctions.Polygamma(order, double.CreateTruncating(lanes[i])));
            return V.Load(lanes);
        }
    }
}
