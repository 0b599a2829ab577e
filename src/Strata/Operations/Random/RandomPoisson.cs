using Strata.Kernels;
using Strata.Random;

namespace Strata.Operations;

/// <summary>Poisson numbers, int64.</summary>
/// <remarks>The inputs are the <see cref="RandomKey"/> as a tensor, so that a plan draws anew each time, and the rate, float64, one number or one for each element.</remarks>
internal sealed record RandomPoisson(Shape Shape) : Variadic
{
    protected override TensorType Infer(Tensor[] x) => new(Shape, DType.Int64);

    protected override void Run(CpuKernels k, Tensor[] x, Tensor y) => k.RandomPoisson(RandomKey.From(x[0]), x[1], y);
}
