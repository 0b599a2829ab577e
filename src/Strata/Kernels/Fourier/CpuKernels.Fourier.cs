using System.Numerics;
using Strata.Kernels.Fourier;
using Strata.Kernels.Vectors;
using Strata.Threading;

namespace Strata.Kernels;

// Some transforms run side by side, so that the loops over them are vector loops from the first stage on.
public partial class CpuKernels
{
    /// <summary>y [.., n, 2] = scale·Σⱼ x(j)·e^(∓2πi·jk/n), the upper sign forward.</summary>
    internal void Fourier(Tensor x, bool inverse, double scale, Tensor y) =>
        TransformRows(x, y, x.Shape[^2], x.Shape[^2], inverse ? FourierKind.Inverse : FourierKind.Forward, scale);

    /// <summary>y [.., n/2 + 1, 2]: the first half of the transform of the real x [.., n].</summary>
    internal void RealFourier(Tensor x, Tensor y) => TransformRows(x, y, x.Shape[^1], FourierLength.OfReal(x.Shape[^1]), FourierKind.Real, 1);

    /// <summary>y [.., n] = scale·Re Σₖ x(k)·e^(2πi·jk/n) over the x [.., n/2 + 1, 2].</summary>
    internal void RealFourierAdjoint(Tensor x, double scale, Tensor y) => TransformRows(x, y, y.Shape[^1], FourierLength.OfReal(y.Shape[^1]), FourierKind.RealAdjoint, scale);

    static void TransformRows(Tensor x, Tensor y, int length, int transform, FourierKind kind, double scale)
    {
        if (x.Size == 0) return;
        if (x.DType == DType.Float32) TransformRows<float>(x, y, length, transform, kind, scale);
        else TransformRows<double>(x, y, length, transform, kind, scale);
    }

    static void TransformRows<T>(Tensor x, Tensor y, int length, int transform, FourierKind kind, double scale)
        where T : unmanaged, INumber<T>
    {
        var plan = FourierPlan<T>.For(transform);
        switch (Simd.Level)
        {
            case SimdLevel.Vector512: FourierRows<V512<T>, T>.Run(plan, x, y, length, kind, scale); break;
            case SimdLevel.Vector256: FourierRows<V256<T>, T>.Run(plan, x, y, length, kind, scale); break;
            case SimdLevel.Vector128: FourierRows<V128<T>, T>.Run(plan, x, y, length, kind, scale); break;
            default: FourierRows<V1<T>, T>.Run(plan, x, y, length, kind, scale); break;
        }
    }
}
