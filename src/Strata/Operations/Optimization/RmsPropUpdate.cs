using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels;
using Strata.Kernels.Optimization;
using Strata.Kernels.Vectors;

namespace Strata.Operations;

/// <summary>RMSProp (Hinton 2012): a = ρa + (1 − ρ)g²; p −= ηg/(√a + ε). Centered: √(a − m²) with m = ρm + (1 − ρ)g. With momentum:
/// u = μu + g/(…); p −= ηu. Numbers: η, ρ, 1 − ρ, ε, μ. States: a, then m, then u.</summary>
internal sealed record RmsPropUpdate(bool Centered, bool Momentum) : ParameterUpdate
{
    public override int States => 1 + (Centered ? 1 : 0) + (Momentum ? 1 : 0);

    protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y)
    {
        if (Centered && Momentum) k.Update<CenteredHeavy>(x, y);
        else if (Centered) k.Update<CenteredPlain>(x, y);
        else if (Momentum) k.Update<Heavy>(x, y);
        else k.Update<Plain>(x, y);
    }

    readonly struct Plain : IUpdateRule
    {
        public static int States => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static unsafe void Step<V, T>(V* c, V g, ref V p, ref V a, ref V b, ref V d)
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, INumber<T>
        {
            a = (c[1] * a) + (c[2] * g * g);
            p -= c[0] * g / (V.Sqrt(a) + c[3]);
        }
    }

    readonly struct Heavy : IUpdateRule
    {
        public static int States => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static unsafe void Step<V, T>(V* c, V g, ref V p, ref V a, ref V b, ref V d)
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, INumber<T>
        {
            a = (c[1] * a) + (c[2] * g * g);
            b = (c[4] * b) + (g / (V.Sqrt(a) + c[3]));
            p -= c[0] * b;
        }
    }

    readonly struct CenteredPlain : IUpdateRule
    {
        public static int States => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static unsafe void Step<V, T>(V* c, V g, ref V p, ref V a, ref V b, ref V d)
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, INumber<T>
        {
            a = (c[1] * a) + (c[2] * g * g);
            b = (c[1] * b) + (c[2] * g);
            p -= c[0] * g / (V.Sqrt(V.Max(a - (b * b), T.Zero)) + c[3]); // rounding may leave less than 0
        }
    }

    readonly struct CenteredHeavy : IUpdateRule
    {
        public static int States => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static unsafe void Step<V, T>(V* c, V g, ref V p, ref V a, ref V b, ref V d)
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, INumber<T>
        {
            a = (c[1] * a) + (c[2] * g * g);
            b = (c[1] * b) + (c[2] * g);
            d = (c[4] * d) + (g / (V.Sqrt(V.Max(a - (b * b), T.Zero)) + c[3])); // rounding may leave less than 0
            p -= c[0] * d;
        }
    }
}
