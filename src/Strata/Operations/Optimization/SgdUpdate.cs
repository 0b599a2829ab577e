using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels;
using Strata.Kernels.Optimization;
using Strata.Kernels.Vectors;

namespace Strata.Operations;

/// <summary>Stochastic gradient descent: v = μv − ηg; p += v, or with Nesterov's look-ahead p += μv − ηg. Without momentum p −= ηg.
/// Numbers: η, μ.</summary>
internal sealed record SgdUpdate(bool Momentum, bool Nesterov) : ParameterUpdate
{
    public override int States => Momentum ? 1 : 0;

    public override bool LeavesZerosAlone => !Momentum;

    protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y)
    {
        if (!Momentum) k.Update<Plain>(x, y);
        else if (Nesterov) k.Update<LookAhead>(x, y);
        else k.Update<Heavy>(x, y);
    }

    readonly struct Plain : IUpdateRule
    {
        public static int States => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static unsafe void Step<V, T>(V* c, V g, ref V p, ref V a, ref V b, ref V d)
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, INumber<T>
        {
            p -= c[0] * g;
        }
    }

    readonly struct Heavy : IUpdateRule
    {
        public static int States => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static unsafe void Step<V, T>(V* c, V g, ref V p, ref V a, ref V b, ref V d)
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, INumber<T>
        {
            a = (c[1] * a) - (c[0] * g);
            p += a;
        }
    }

    readonly struct LookAhead : IUpdateRule
    {
        public static int States => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static unsafe void Step<V, T>(V* c, V g, ref V p, ref V a, ref V b, ref V d)
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, INumber<T>
        {
            a = (c[1] * a) - (c[0] * g);
            p += (c[1] * a) - (c[0] * g);
        }
    }
}
