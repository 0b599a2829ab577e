using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Kernels;

/// <summary>Gᵀ of F(4×4, 3×3): the transpose of <see cref="WinogradF4Filter"/>.</summary>
internal readonly unsafe struct WinogradF4FilterBack : IWinogradMap
{
    public static int From => 6;

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
        var x4 = TOps.Load(source + 4 * sourceStep);
        var x5 = TOps.Load(source + 5 * sourceStep);
        var quarter = TOps.Broadcast(T.CreateSaturating(0.25));
        var minusSixth = TOps.Broadcast(T.CreateSaturating(-1.0 / 6));
        var sixth = TOps.Broadcast(T.CreateSaturating(1.0 / 6));
        var twelfth = TOps.Broadcast(T.CreateSaturating(1.0 / 12));
        var minusTwelfth = TOps.Broadcast(T.CreateSaturating(-1.0 / 12));
        var twentyFourth = TOps.Broadcast(T.CreateSaturating(1.0 / 24));
        var near = TOps.Multiply(minusSixth, TOps.Add(x1, x2));
        var far = TOps.Add(x3, x4);
        TOps.Store(target, TOps.MultiplyAdd(quarter, x0, TOps.MultiplyAdd(twentyFourth, far, near)));
        TOps.Store(target + targetStep, TOps.MultiplyAdd(sixth, x2, TOps.MultiplyAdd(minusSixth, x1, TOps.MultiplyAdd(twelfth, x3, TOps.Multiply(minusTwelfth, x4)))));
        TOps.Store(target + 2 * targetStep, TOps.MultiplyAdd(sixth, far, TOps.Add(near, x5)));
    }
}
