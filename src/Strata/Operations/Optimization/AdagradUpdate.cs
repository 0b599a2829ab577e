using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels;
using Strata.Kernels.Optimization;
using Strata.Kernels.Vectors;

namespace Strata.Operations;

/// <summary>AdaGrad (Duchi, Hazan and Singer 2011): a += g²; p −= ηg/(√a + ε). Numbers: η, ε.</summary>
internal sealed record AdagradUpdate : ParameterUpdate
{
    public override int States => 1;

    public override bool LeavesZerosAlone => true;

    protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y) => k.Update<Rule>(x, y);

    readonly struct Rule : IUpdateRule
    {
        public static int States => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static unsafe void Step<V, T>(V* c, V g, ref V p, ref V a, ref V b, ref V d)
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, INumber<T>
        {
            a += g * g;
            p -= c[0] * g / (V.Sqrt(a) + c[1]);
        }
    }
}
