using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Kernels;

/// <summary>G of F(4×4, 3×3): rows (¼, 0, 0), (−⅙, −⅙, −⅙), (−⅙, ⅙, −⅙), (1/24, 1/12, ⅙), (1/24, −1/12, ⅙), (0, 0, 1).</summary>
internal readonly unsafe struct WinogradF4Filter : IWinogradMap
{
    public static int From => 3;

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
        var quarter = TOps.Broadcast(T.CreateSaturating(0.25));
        var minusSixth = TOps.Broadcast(T.CreateSaturating(-1.0 / 6));
        var sixth = TOps.Broadcast(T.CreateSaturating(1.0 / 6));
        var minusTwelfth = TOps.Broadcast(T.CreateSaturating(-1.0 / 12));
        var twelfth = TOps.Broadcast(T.CreateSaturating(1.0 / 12));
        var twentyFourth = TOps.Broadcast(T.CreateSaturating(1.0 / 24));
        var near = TOps.Multiply(minusSixth, TOps.Add(x0, x2));
        var far = TOps.MultiplyAdd(twentyFourth, x0, TOps.Multiply(sixth, x2));
        TOps.Store(target, TOps.Multiply(quarter, x0));
        TOps.Store(target + targetStep, TOps.MultiplyAdd(minusSixth, x1, near));
        TOps.Store(target + 2 * targetStep, TOps.MultiplyAdd(sixth, x1, near));
        TOps.Store(target + 3 * targetStep, TOps.MultiplyAdd(twelfth, x1, far));
        TOps.Store(target + 4 * targetStep, TOps.MultiplyAdd(minusTwelfth, x1, far));
        TOps.Store(target + 5 * targetStep, x2);
    }
}
