using Strata.Kernels;
using Strata.Random;

namespace Strata.Operations;

/// <summary>Uniform numbers in [0, 1).</summary>
internal sealed record RandomUniform(Shape Shape, DType DType, RandomKey Key) : Variadic
{
    protected override TensorType Infer(Tensor[] x)
    {
        if (!DType.IsFloating()) Fail($"its numbers are float32 or float64, not {DType.Name()}.");
        return new(Shape, DType);
    }

    protected override void Run(CpuKernels k, Tensor[] x, Tensor y) => k.RandomUniform(Key, y);
}
