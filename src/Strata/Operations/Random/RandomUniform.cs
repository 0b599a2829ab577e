using Strata.Kernels;
using Strata.Random;

namespace Strata.Operations;

/// <summary>Uniform numbers in [0, 1).</summary>
/// <remarks>The input is the <see cref="RandomKey"/> as a tensor, so that a plan draws anew each time.</remarks>
internal sealed record RandomUniform(Shape Shape, DType DType) : Variadic
{
    protected override TensorType Infer(Tensor[] x)
    {
        if (!DType.IsFloating()) Fail($"its numbers are float32 or float64, not {DType.Name()}.");
        return new(Shape, DType);
    }

    protected override void Run(CpuKernels k, Tensor[] x, Tensor y) => k.RandomUniform(RandomKey.From(x[0]), y);
}
