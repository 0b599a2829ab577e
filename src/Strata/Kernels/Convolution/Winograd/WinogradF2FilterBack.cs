using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Kernels;

/// <summary>Gᵀ of F(2×2, 3×3): the transpose of <see cref="WinogradF2Filter"/>.</summary>
internal readonly unsafe struct WinogradF2FilterBack : IWinogradMap
{
    public static int From => 4;

    public static int To => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TOps, TVector, T>(T* source, nint sourceStep, T* target, nint targetStep)
        where TOps : IVectorOps<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var x0 = TOps.Load(source);
        var x1 = TOps.Load(source + sourceStep);
        var x2 = TOps.Load(source + 2 * sourceStep);
        var x3 = TOps.Load(source + 3 * sourceStep);
        var half = TOps.Broadcast(T.CreateSaturating(0.5));
        var minusHalf = TOps.Broadcast(T.CreateSaturating(-0.5));
        var sum = TOps.Add(x1, x2);
        TOps.Store(target, TOps.MultiplyAdd(half, sum, x0));
        TOps.Store(target + targetStep, TOps.MultiplyAdd(half, x1, TOps.Multiply(minusHalf, x2)));
        TOps.Store(target + 2 * targetStep, TOps.MultiplyAdd(half, sum, x3));
    }
}
