using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels;
using Strata.Kernels.Optimization;
using Strata.Kernels.Vectors;

namespace Strata.Operations;

/// <summary>AdaMax (Kingma and Ba 2015, algorithm 2): m = β₁m + (1 − β₁)g; u = max(β₂u, |g|); p −= ηm/(u + ε). Numbers: η/(1 − β₁ᵗ), β₁, 1 − β₁, β₂, ε.</summary>
internal sealed record AdamaxUpdate : ParameterUpdate
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
            b = V.Max(c[3] * b, V.Abs(g));
            p -= c[0] * a / (b + c[4]);
        }
    }
}
