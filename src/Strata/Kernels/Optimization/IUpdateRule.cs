using System.Numerics;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Optimization;

/// <summary>The arithmetic of an optimizer for one element of a parameter and up to three states.</summary>
internal interface IUpdateRule
{
    /// <summary>How many states the rule keeps; the others are neither read nor written.</summary>
    static abstract int States { get; }

    /// <summary>Makes the new parameter and states of the old ones.</summary>
    /// <param name="c">The numbers of this step, each in every lane: learning rate, decay rates, ….</param>
    /// <param name="g">The gradient.</param>
    /// <param name="p">The parameter.</param>
    /// <param name="a">The first state.</param>
    /// <param name="b">The second state.</param>
    /// <param name="d">The third state.</param>
    static abstract unsafe void Step<V, T>(V* c, V g, ref V p, ref V a, ref V b, ref V d)
        where V : unmanaged, IVector<V, T>
        where T : unmanaged, INumber<T>;
}
