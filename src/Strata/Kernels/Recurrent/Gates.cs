using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels.Mathematics;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Recurrent;

/// <summary>The function that opens and closes the gates of a recurrent cell.</summary>
internal interface IGate
{
    static abstract V Value<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, INumber<T>;

    /// <summary>dy·f'(x), written with y = f(x).</summary>
    static abstract V Slope<V, T>(V y, V dy)
        where V : struct, IVector<V, T>
        where T : unmanaged, INumber<T>;
}

/// <summary>1/(1 + e⁻ˣ).</summary>
internal readonly struct SigmoidGate : IGate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, INumber<T> => VectorMath<V, T>.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Slope<V, T>(V y, V dy)
        where V : struct, IVector<V, T>
        where T : unmanaged, INumber<T> => dy * (y * (T.One - y));
}

/// <summary>clip(.2x + .5, 0, 1): Keras's cheap sigmoid.</summary>
internal readonly struct HardSigmoidGate : IGate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, INumber<T>
    {
        var y = (x * V.Of(0.2)) + V.Of(0.5);
        y = V.IfLess(y, T.Zero, T.Zero, y);
        return V.IfLess(T.One, y, T.One, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Slope<V, T>(V y, V dy)
        where V : struct, IVector<V, T>
        where T : unmanaged, INumber<T> => V.IfLess(T.Zero, y, V.IfLess(y, T.One, dy * V.Of(0.2), T.Zero), T.Zero);
}

/// <summary>A kernel of gated cells, still without its vector width, element type and kind of gate.</summary>
internal interface IGateKernel
{
    void Run<V, T, TGate>()
        where V : unmanaged, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TGate : struct, IGate;
}

/// <summary>Chooses the three.</summary>
internal static class GateKernel
{
    public static void Run<TKernel>(DType dtype, bool hard, TKernel kernel)
        where TKernel : struct, IGateKernel
    {
        if (dtype == DType.Float32) Run<TKernel, float>(hard, kernel);
        else Run<TKernel, double>(hard, kernel);
    }

    static void Run<TKernel, T>(bool hard, TKernel kernel)
        where TKernel : struct, IGateKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (Simd.Level)
        {
            case SimdLevel.Vector512: Run<TKernel, V512<T>, T>(hard, kernel); break;
            case SimdLevel.Vector256: Run<TKernel, V256<T>, T>(hard, kernel); break;
            case SimdLevel.Vector128: Run<TKernel, V128<T>, T>(hard, kernel); break;
            default: Run<TKernel, V1<T>, T>(hard, kernel); break;
        }
    }

    static void Run<TKernel, V, T>(bool hard, TKernel kernel)
        where TKernel : struct, IGateKernel
        where V : unmanaged, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (hard) kernel.Run<V, T, HardSigmoidGate>();
        else kernel.Run<V, T, SigmoidGate>();
    }
}
