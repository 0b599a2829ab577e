using System.Numerics;
using Strata.Kernels.Elementwise;

namespace Strata.Kernels;

/// <summary>What a matrix product or a convolution does to its result while it is in the cache: y = activation(y + bias), with the bits that the operations
/// one after another give.</summary>
/// <param name="Bias">A value for each column or channel of the result, of its type, or null.</param>
/// <param name="Activation">Applied after the bias.</param>
internal readonly record struct Epilogue(Tensor? Bias, ElementwiseActivation Activation)
{
    /// <summary>The bias as a kernel takes it.</summary>
    public unsafe T* BiasOf<T>()
        where T : unmanaged => Bias is null ? null : (T*)Bias.Pointer;

    /// <summary>Applies an activation in place.</summary>
    public static unsafe void Apply<T>(ElementwiseActivation activation, T* y, long count)
        where T : unmanaged, INumber<T>
    {
        switch (activation)
        {
            case ElementwiseActivation.Relu:
                Walk.Unary<T, Operators.Relu>(y, y, count);
                break;
            case ElementwiseActivation.Tanh:
                Walk.Unary<T, Operators.Tanh>(y, y, count);
                break;
            case ElementwiseActivation.Sigmoid:
                Walk.Unary<T, Operators.Sigmoid>(y, y, count);
                break;
        }
    }
}
