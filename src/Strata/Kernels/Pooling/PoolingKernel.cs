using System.Numerics;
using System.Runtime.Intrinsics;

namespace Strata.Kernels;

/// <summary>Maximum and average pooling of channels-last tensors over 1 to 3 spatial axes, float32 and float64, and their gradients. Results overwrite
/// what they are written to and are equal to the bit for any number of threads.</summary>
/// <remarks>Padding is never the maximum; a window without any cell gives −∞. The average divides by the cells that exist, or by the size of the window
/// where padding counts.</remarks>
internal static unsafe class PoolingKernel
{
    public static void Maximum<T>(in PoolingGeometry g, T* x, T* y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run(Step.Maximum, g, x, null, y, false);

    /// <summary>The gradient of the maximum with respect to <paramref name="x"/>: dy goes to the first of the greatest cells of its window, in the order
    /// of memory (found again from x).</summary>
    public static void MaximumGradient<T>(in PoolingGeometry g, T* x, T* dy, T* dx)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run(Step.MaximumGradient, g, x, dy, dx, false);

    public static void Average<T>(in PoolingGeometry g, T* x, T* y, bool countPadding = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run(Step.Average, g, x, null, y, countPadding);

    public static void AverageGradient<T>(in PoolingGeometry g, T* dy, T* dx, bool countPadding = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run(Step.AverageGradient, g, null, dy, dx, countPadding);

    enum Step
    {
        Maximum,
        MaximumGradient,
        Average,
        AverageGradient,
    }

    static void Run<T>(Step step, in PoolingGeometry g, T* x, T* dy, T* result, bool countPadding)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (Simd.Level)
        {
            case SimdLevel.Vector512:
                Run<Vector512Ops<T>, Vector512<T>, T>(step, g, x, dy, result, countPadding);
                break;
            case SimdLevel.Vector256:
                Run<Vector256Ops<T>, Vector256<T>, T>(step, g, x, dy, result, countPadding);
                break;
            case SimdLevel.Vector128:
                Run<Vector128Ops<T>, Vector128<T>, T>(step, g, x, dy, result, countPadding);
                break;
            default:
                Run<ScalarOps<T>, T, T>(step, g, x, dy, result, countPadding);
                break;
        }
    }

    static void Run<TOps, TVector, T>(Step step, in PoolingGeometry g, T* x, T* dy, T* result, bool countPadding)
        where TOps : IVectorOps<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (step)
        {
            case Step.Maximum:
                PoolingForward<TOps, TVector, T>.Maximum(g, x, result);
                break;
            case Step.Average:
                PoolingForward<TOps, TVector, T>.Average(g, x, result, countPadding);
                break;
            case Step.MaximumGradient:
                PoolingBackward<TOps, TVector, T>.Maximum(g, x, dy, result);
                break;
            default:
                PoolingBackward<TOps, TVector, T>.Average(g, dy, result, countPadding);
                break;
        }
    }
}
