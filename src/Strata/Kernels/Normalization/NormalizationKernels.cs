using System.Numerics;
using Strata.Kernels.Normalization;
using Strata.Kernels.Vectors;

namespace Strata.Kernels;

public unsafe partial class CpuKernels
{
    /// <summary>Batch normalization over all axes but the last: y, and the mean and variance of each channel.</summary>
    internal void BatchNormalization(Tensor x, Tensor gamma, Tensor beta, double epsilon, Tensor y, Tensor mean, Tensor variance)
    {
        if (x.DType == DType.Float32) Run<float>(x, gamma, beta, epsilon, y, mean, variance);
        else Run<double>(x, gamma, beta, epsilon, y, mean, variance);

        static void Run<T>(Tensor x, Tensor gamma, Tensor beta, double epsilon, Tensor y, Tensor mean, Tensor variance)
            where T : unmanaged, INumber<T>
        {
            switch (Simd.Level)
            {
                case SimdLevel.Vector512: At<V512<T>, T>(x, gamma, beta, epsilon, y, mean, variance); break;
                case SimdLevel.Vector256: At<V256<T>, T>(x, gamma, beta, epsilon, y, mean, variance); break;
                case SimdLevel.Vector128: At<V128<T>, T>(x, gamma, beta, epsilon, y, mean, variance); break;
                default: At<V1<T>, T>(x, gamma, beta, epsilon, y, mean, variance); break;
            }
        }

        static void At<V, T>(Tensor x, Tensor gamma, Tensor beta, double epsilon, Tensor y, Tensor mean, Tensor variance)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> =>
            ChannelMoments<V, T>.Forward(
                (T*)x.Pointer, x.Size / x.Shape[^1], x.Shape[^1], (T*)gamma.Pointer, (T*)beta.Pointer, T.CreateTruncating(epsilon),
                (T*)y.Pointer, (T*)mean.Pointer, (T*)variance.Pointer);
    }

    /// <summary>The gradients of <see cref="BatchNormalization"/> for x, gamma and beta.</summary>
    internal void BatchNormalizationGradient(Tensor x, Tensor gamma, Tensor mean, Tensor variance, Tensor dy, double epsilon, Tensor dx, Tensor dgamma, Tensor dbeta)
    {
        if (x.DType == DType.Float32) Run<float>(x, gamma, mean, variance, dy, epsilon, dx, dgamma, dbeta);
        else Run<double>(x, gamma, mean, variance, dy, epsilon, dx, dgamma, dbeta);

        static void Run<T>(Tensor x, Tensor gamma, Tensor mean, Tensor variance, Tensor dy, double epsilon, Tensor dx, Tensor dgamma, Tensor dbeta)
            where T : unmanaged, INumber<T>
        {
            switch (Simd.Level)
            {
                case SimdLevel.Vector512: At<V512<T>, T>(x, gamma, mean, variance, dy, epsilon, dx, dgamma, dbeta); break;
                case SimdLevel.Vector256: At<V256<T>, T>(x, gamma, mean, variance, dy, epsilon, dx, dgamma, dbeta); break;
                case SimdLevel.Vector128: At<V128<T>, T>(x, gamma, mean, variance, dy, epsilon, dx, dgamma, dbeta); break;
                default: At<V1<T>, T>(x, gamma, mean, variance, dy, epsilon, dx, dgamma, dbeta); break;
            }
        }

        static void At<V, T>(Tensor x, Tensor gamma, Tensor mean, Tensor variance, Tensor dy, double epsilon, Tensor dx, Tensor dgamma, Tensor dbeta)
            where V : struct, IVector<V, T>
            where T : unmanaged, INumber<T> =>
            ChannelMoments<V, T>.Backward(
                (T*)x.Pointer, x.Size / x.Shape[^1], x.Shape[^1], (T*)gamma.Pointer, (T*)mean.Pointer, (T*)variance.Pointer, T.CreateTruncating(epsilon),
                (T*)dy.Pointer, (T*)dx.Pointer, (T*)dgamma.Pointer, (T*)dbeta.Pointer);
    }

    /// <summary>Rows along the last axis of x brought to mean 0 and variance 1, and what each was multiplied by.</summary>
    internal void Standardize(Tensor x, double epsilon, Tensor y, Tensor inverse)
    {
        var (rows, n) = (inverse.Size, x.Shape[^1]);
        if (x.DType == DType.Float32) Run((float*)x.Pointer, rows, n, (float)epsilon, (float*)y.Pointer, (float*)inverse.Pointer);
        else Run((double*)x.Pointer, rows, n, epsilon, (double*)y.Pointer, (double*)inverse.Pointer);

        static void Run<T>(T* x, long rows, long n, T epsilon, T* y, T* inverse)
            where T : unmanaged, INumber<T>
        {
            switch (Simd.Level)
            {
                case SimdLevel.Vector512: StandardizeRows<V512<T>, T>.Forward(x, rows, n, epsilon, y, inverse); break;
                case SimdLevel.Vector256: StandardizeRows<V256<T>, T>.Forward(x, rows, n, epsilon, y, inverse); break;
                case SimdLevel.Vector128: StandardizeRows<V128<T>, T>.Forward(x, rows, n, epsilon, y, inverse); break;
                default: StandardizeRows<V1<T>, T>.Forward(x, rows, n, epsilon, y, inverse); break;
            }
        }
    }

    /// <summary>The gradient of <see cref="Standardize"/> for x, from its results.</summary>
    internal void StandardizeGradient(Tensor y, Tensor inverse, Tensor dy, Tensor dx)
    {
        var (rows, n) = (inverse.Size, y.Shape[^1]);
        if (y.DType == DType.Float32) Run((float*)y.Pointer, (float*)inverse.Pointer, (float*)dy.Pointer, rows, n, (float*)dx.Pointer);
        else Run((double*)y.Pointer, (double*)inverse.Pointer, (double*)dy.Pointer, rows, n, (double*)dx.Pointer);

        static void Run<T>(T* y, T* inverse, T* dy, long rows, long n, T* dx)
            where T : unmanaged, INumber<T>
        {
            switch (Simd.Level)
            {
                case SimdLevel.Vector512: StandardizeRows<V512<T>, T>.Backward(y, inverse, dy, rows, n, dx); break;
                case SimdLevel.Vector256: StandardizeRows<V256<T>, T>.Backward(y, inverse, dy, rows, n, dx); break;
                case SimdLevel.Vector128: StandardizeRows<V128<T>, T>.Backward(y, inverse, dy, rows, n, dx); break;
                default: StandardizeRows<V1<T>, T>.Backward(y, inverse, dy, rows, n, dx); break;
            }
        }
    }
}
