using System.Numerics;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Elementwise;

/// <summary>An element-wise function of one argument, written once for every vector width.</summary>
internal interface IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Roughly how many times as long as an addition it takes an element: it decides from where on threads pay.</summary>
    static virtual int Cost => 1;

    V Invoke<V>(V x)
        where V : struct, IVector<V, T>;
}

/// <summary>An element-wise function of two arguments; as a predicate it returns a mask.</summary>
internal interface IBinaryOperator<T>
    where T : unmanaged, INumber<T>
{
    /// <inheritdoc cref="IUnaryOperator{T}.Cost"/>
    static virtual int Cost => 1;

    V Invoke<V>(V a, V b)
        where V : struct, IVector<V, T>;
}
