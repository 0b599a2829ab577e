using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Kernels;

/// <summary>Aᵀ of F(2×2, 3×3): rows (1, 1, 1, 0), (0, 1, −1, −1).</summary>
internal readonly unsafe struct WinogradF2Output : IWinogradMap
{
    public static int From => 4;

    public static int To => 2;

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
        TOps.Store(target, TOps.Add(x0, TOps.Add(x1, x2)));
        TOps.Store(target + targetStep, TOps.MultiplyAdd(minus, TOps.Add(x2, x3), x1));
    }
}
