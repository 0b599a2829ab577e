using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Kernels;

/// <summary>Bᵀ of F(4×4, 3×3) (Lavin &amp; Gray 2016, section 4.3; points 0, ±1, ±2, ∞): rows (4, 0, −5, 0, 1, 0), (0, −4, −4, 1, 1, 0), (0, 4, −4, −1, 1, 0), (0, −2, −1, 2, 1, 0), (0, 2, −1, −2, 1, 0), (0, 4, 0, −5, 0, 1).</summary>
internal readonly unsafe struct WinogradF4Input : IWinogradMap
{
    public static int From => 6;

    public static int To => 6;

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
        var minusTwo = TOps.Broadcast(T.CreateSaturating(-2));
        var four = TOps.Broadcast(T.CreateSaturating(4));
        var minusFour = TOps.Broadcast(T.CreateSaturating(-4));
        var minusFive = TOps.Broadcast(T.CreateSaturating(-5));
        var even = TOps.MultiplyAdd(minusFour, x2, x4);
        var odd = TOps.MultiplyAdd(minusFour, x1, x3);
        var evenFar = TOps.MultiplyAdd(minus, x2, x4);
        var oddFar = TOps.MultiplyAdd(minus, x1, x3);
        TOps.Store(target, TOps.MultiplyAdd(four, x0, TOps.MultiplyAdd(minusFive, x2, x4)));
        TOps.Store(target + targetStep, TOps.Add(even, odd));
        TOps.Store(target + 2 * targetStep, TOps.MultiplyAdd(minus, odd, even));
        TOps.Store(target + 3 * targetStep, TOps.MultiplyAdd(two, oddFar, evenFar));
        TOps.Store(target + 4 * targetStep, TOps.MultiplyAdd(minusTwo, oddFar, evenFar));
        TOps.Store(target + 5 * targetStep, TOps.MultiplyAdd(four, x1, TOps.MultiplyAdd(minusFive, x3, x5)));
    }
}
