using Strata.Kernels;
using Strata.Random;

namespace Strata.Operations;

/// <summary>Standard normal numbers, by Box and Muller (1958); truncated at ±2 through the inverse distribution function.</summary>
/// <remarks>The input is the <see cref="RandomKey"/> as a tensor, so that a plan draws anew each time.</remarks>
internal sealed record RandomNormal(Shape Shape, DType DType, bool Truncated) : Variadic
{
    protected override TensorType Infer(Tensor[] x)
    {
        if (!DType.IsFloating()) Fail($"its numbers are float32 or float64, not {DType.Name()}.");
        return new(Shape, DType);
    }

    protected override void Run(CpuKernels k, Tensor[] x, Tensor y)
    {
        if (Truncated) k.RandomTruncatedNormal(RandomKey.From(x[0]), y);
        else k.RandomNormal(RandomKey.From(x[0]), y);
    }
}
