using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Kernels;

/// <summary>Bᵀ of F(2×2, 3×3) (Lavin &amp; Gray 2016, section 4.1): rows (1, 0, −1, 0), (0, 1, 1, 0), (0, −1, 1, 0), (0, 1, 0, −1).</summary>
internal readonly unsafe struct WinogradF2Input : IWinogradMap
{
    public static int From => 4;

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
        var x3 = TOps.Load(source + 3 * sourceStep);
        var minus = TOps.Broadcast(T.CreateSaturating(-1));
        TOps.Store(target, TOps.MultiplyAdd(minus, x2, x0));
        TOps.Store(target + targetStep, TOps.Add(x1, x2));
        TOps.Store(target + 2 * targetStep, TOps.MultiplyAdd(minus, x1, x2));
        TOps.Store(target + 3 * targetStep, TOps.MultiplyAdd(minus, x3, x1));
    }
}
