using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels;
using Strata.Kernels.Optimization;
using Strata.Kernels.Vectors;

namespace Strata.Operations;

/// <summary>Nadam (Dozat 2016), with Keras's schedule of momentum: m = β₁m + (1 − β₁)g; v = β₂v + (1 − β₂)g²; p −= η(n₅g + n₆m)/(√(n₇v) + ε).
/// Numbers: η, β₁, 1 − β₁, β₂, 1 − β₂, n₅ … n₇ as <c>Nadam</c> computes them, ε.</summary>
internal sealed record NadamUpdate : ParameterUpdate
{
    public override int States => 2;

    protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y) => k.Update<Rule>(x, y);

    readonly struct Rule : IUpdateRule
    {
        public static int States => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static unsafe void Step<V, T>(V* c, V g, ref V p, ref V a, ref V b, ref V d)
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, INumber<T>
        {
            a = (c[1] * a) + (c[2] * g);
            b = (c[3] * b) + (c[4] * g * g);
            p -= c[0] * ((c[5] * g) + (c[6] * a)) / (V.Sqrt(c[7] * b) + c[8]);
        }
    }
}
