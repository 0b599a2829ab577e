using System.Numerics;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Elementwise;

/// <summary>An element-wise function of one argument, written once for every vector width.</summary>
internal interface IUnaryOperator
{
    /// <summary>Roughly how many times as long as an addition it takes an element: it decides from where on threads pay.</summary>
    static virtual int Cost => 1;

    V Invoke<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, INumber<T>;
}

/// <summary>An element-wise function of two arguments; as a predicate it returns a mask.</summary>
internal interface IBinaryOperator
{
    /// <inheritdoc cref="IUnaryOperator.Cost"/>
    static virtual int Cost => 1;

    V Invoke<V, T>(V a, V b)
        where V : struct, IVector<V, T>
        where T : unmanaged, INumber<T>;
}
