using Strata.Kernels;

namespace Strata.Operations;

/// <summary>A sum of products of two operands, of which the second mostly is a weight: a matrix product or a convolution.</summary>
internal abstract record Contraction : Binary
{
    /// <summary>Fills <paramref name="y"/>.</summary>
    /// <param name="k">The kernels.</param>
    /// <param name="a">The first operand.</param>
    /// <param name="b">The second operand.</param>
    /// <param name="y">The output.</param>
    /// <param name="epilogue">What is done with the output on its way to memory.</param>
    /// <param name="prepared">What <see cref="Prepare"/> gave for these types.</param>
    internal abstract void Run(CpuKernels k, Tensor a, Tensor b, Tensor y, Epilogue epilogue, PreparedWeights? prepared);

    /// <summary>The second operand in the order in which the kernel reads it; null if that is the order in which it lies.</summary>
    internal abstract PreparedWeights? Prepare(CpuKernels k, Tensor a, Tensor b, Tensor y);

    protected sealed override void Run(CpuKernels k, Tensor a, Tensor b, Tensor y) => Run(k, a, b, y, default, null);
}
