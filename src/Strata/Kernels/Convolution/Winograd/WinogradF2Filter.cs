using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Kernels;

/// <summary>G of F(2×2, 3×3): rows (1, 0, 0), (½, ½, ½), (½, −½, ½), (0, 0, 1).</summary>
internal readonly unsafe struct WinogradF2Filter : IWinogradMap
{
    public static int From => 3;

    public static int To => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TOps, TVector, T>(T* source, nint sourceStep, T* target, nint targetStep)
        where TOps : IVectorOps<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var x0 = TOps.Load(source);
        var x1 = TOps.Load(source + sourceStep);
        var x2 = TOps.Load(source + 2 * sourceStep);
        var half = TOps.Broadcast(T.CreateSaturating(0.5));
        var minusHalf = TOps.Broadcast(T.CreateSaturating(-0.5));
        var outer = TOps.Multiply(half, TOps.Add(x0, x2));
        TOps.Store(target, x0);
        TOps.Store(target + targetStep, TOps.MultiplyAdd(half, x1, outer));
        TOps.Store(target + 2 * targetStep, TOps.MultiplyAdd(minusHalf, x1, outer));
        TOps.Store(target + 3 * targetStep, x2);
    }
}
