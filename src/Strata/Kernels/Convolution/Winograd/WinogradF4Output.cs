using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Kernels;

/// <summary>Aᵀ of F(4×4, 3×3): rows (1, 1, 1, 1, 1, 0), (0, 1, −1, 2, −2, 0), (0, 1, 1, 4, 4, 0), (0, 1, −1, 8, −8, 1).</summary>
internal readonly unsafe struct WinogradF4Output : IWinogradMap
{
    public static int From => 6;

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
        var x4 = TOps.Load(source + 4 * sourceStep);
        var x5 = TOps.Load(source + 5 * sourceStep);
        var minus = TOps.Broadcast(T.CreateSaturating(-1));
        var two = TOps.Broadcast(T.CreateSaturating(2));
        var four = TOps.Broadcast(T.CreateSaturating(4));
        var eight = TOps.Broadcast(T.CreateSaturating(8));
        var nearSum = TOps.Add(x1, x2);
        var nearDifference = TOps.MultiplyAdd(minus, x2, x1);
        var farSum = TOps.Add(x3, x4);
        var farDifference = TOps.MultiplyAdd(minus, x4, x3);
        TOps.Store(target, TOps.Add(x0, TOps.Add(nearSum, farSum)));
        TOps.Store(target + targetStep, TOps.MultiplyAdd(two, farDifference, nearDifference));
        TOps.Store(target + 2 * targetStep, TOps.MultiplyAdd(four, farSum, nearSum));
        TOps.Store(target + 3 * targetStep, TOps.MultiplyAdd(eight, farDifference, TOps.Add(nearDifference, x5)));
    }
}
