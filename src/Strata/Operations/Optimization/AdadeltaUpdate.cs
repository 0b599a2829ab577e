using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels;
using Strata.Kernels.Optimization;
using Strata.Kernels.Vectors;

namespace Strata.Operations;

/// <summary>AdaDelta (Zeiler 2012, algorithm 1): a = ρa + (1 − ρ)g²; u = g√(d + ε)/√(a + ε); p −= ηu; d = ρd + (1 − ρ)u². Numbers: η, ρ, 1 − ρ, ε.</summary>
internal sealed record AdadeltaUpdate : ParameterUpdate
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
            a = (c[1] * a) + (c[2] * g * g);
            var u = g * V.Sqrt(b + c[3]) / V.Sqrt(a + c[3]);
            p -= c[0] * u;
            b = (c[1] * b) + (c[2] * u * u);
        }
    }
}
