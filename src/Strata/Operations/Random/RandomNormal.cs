using Strata.Kernels;
using Strata.Random;

namespace Strata.Operations;

/// <summary>Standard normal numbers, by Box and Muller (1958); truncated at ±2 through the inverse distribution function.</summary>
internal sealed record RandomNormal(Shape Shape, DType DType, bool Truncated, RandomKey Key) : Variadic
{
    protected override TensorType Infer(Tensor[] x)
    {
        if (!DType.IsFloating()) Fail($"its numbers are float32 or float64, not {DType.Name()}.");
        return new(Shape, DType);
    }

    protected override void Run(CpuKernels k, Tensor[] x, Tensor y)
    {
        if (Truncated) k.RandomTruncatedNormal(Key, y);
        else k.RandomNormal(Key, y);
    }
}
