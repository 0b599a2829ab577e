using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Kernels;

/// <summary>A of F(2×2, 3×3): the transpose of <see cref="WinogradF2Output"/>.</summary>
internal readonly unsafe struct WinogradF2OutputBack : IWinogradMap
{
    public static int From => 2;

    public static int To => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TOps, TVector, T>(T* source, nint sourceStep, T* target, nint targetStep)
        where TOps : IVectorOps<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var x0 = TOps.Load(source);
        var x1 = TOps.Load(source + sourceStep);
        var minus = TOps.Broadcast(T.CreateSaturating(-1));
        TOps.Store(target, x0);
        TOps.Store(target + targetStep, TOps.Add(x0, x1));
        TOps.Store(target + 2 * targetStep, TOps.MultiplyAdd(minus, x1, x0));
        TOps.Store(target + 3 * targetStep, TOps.Multiply(minus, x1));
    }
}
