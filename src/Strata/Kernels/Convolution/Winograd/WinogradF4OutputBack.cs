using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Kernels;

/// <summary>A of F(4×4, 3×3): the transpose of <see cref="WinogradF4Output"/>.</summary>
internal readonly unsafe struct WinogradF4OutputBack : IWinogradMap
{
    public static int From => 4;

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
        var minus = TOps.Broadcast(T.CreateSaturating(-1));
        var two = TOps.Broadcast(T.CreateSaturating(2));
        var minusTwo = TOps.Broadcast(T.CreateSaturating(-2));
        var four = TOps.Broadcast(T.CreateSaturating(4));
        var eight = TOps.Broadcast(T.CreateSaturating(8));
        var even = TOps.Add(x0, x2);
        var odd = TOps.Add(x1, x3);
        var evenFar = TOps.MultiplyAdd(four, x2, x0);
        var oddFar = TOps.MultiplyAdd(four, x3, x1);
        TOps.Store(target, x0);
        TOps.Store(target + targetStep, TOps.Add(even, odd));
        TOps.Store(target + 2 * targetStep, TOps.MultiplyAdd(minus, odd, even));
        TOps.Store(target + 3 * targetStep, TOps.MultiplyAdd(two, oddFar, evenFar));
        TOps.Store(target + 4 * targetStep, TOps.MultiplyAdd(minusTwo, oddFar, evenFar));
        TOps.Store(target + 5 * targetStep, x3);
    }
}
