using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels;
using Strata.Kernels.Optimization;
using Strata.Kernels.Vectors;

namespace Strata.Operations;

/// <summary>Adam (Kingma and Ba 2015, with the corrections taken into η as at the end of section 2): m = β₁m + (1 − β₁)g; v = β₂v + (1 − β₂)g²;
/// p −= ηm/(√v + ε). AMSGrad (Reddi et al. 2018) divides by the largest √v so far. Numbers: η√(1 − β₂ᵗ)/(1 − β₁ᵗ), β₁, 1 − β₁, β₂, 1 − β₂, ε.</summary>
internal sealed record AdamUpdate(bool AmsGrad) : ParameterUpdate
{
    public override int States => AmsGrad ? 3 : 2;

    protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y)
    {
        if (AmsGrad) k.Update<Largest>(x, y);
        else k.Update<Rule>(x, y);
    }

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
            p -= c[0] * a / (V.Sqrt(b) + c[5]);
        }
    }

    readonly struct Largest : IUpdateRule
    {
        public static int States => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static unsafe void Step<V, T>(V* c, V g, ref V p, ref V a, ref V b, ref V d)
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, INumber<T>
        {
            a = (c[1] * a) + (c[2] * g);
            b = (c[3] * b) + (c[4] * g * g);
            d = V.Max(d, b);
            p -= c[0] * a / (V.Sqrt(d) + c[5]);
        }
    }
}
