using Strata.Kernels;
using Strata.Random;

namespace Strata.Operations;

/// <summary>Beta numbers.</summary>
/// <remarks>The inputs are the <see cref="RandomKey"/> as a tensor, so that a plan draws anew each time, and α and β, each float64, one number or one for each element.</remarks>
internal sealed record RandomBeta(Shape Shape, DType DType) : Variadic
{
    protected override TensorType Infer(Tensor[] x)
    {
        if (!DType.IsFloating()) Fail($"its numbers are float32 or float64, not {DType.Name()}.");
        return new(Shape, DType);
    }

    protected override void Run(CpuKernels k, Tensor[] x, Tensor y) => k.RandomBeta(RandomKey.From(x[0]), x[1], x[2], y);
}
