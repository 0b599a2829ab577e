using Strata.Kernels;
using Strata.Random;

namespace Strata.Operations;

/// <summary>The numbers 0 … Count − 1 in random order, int64.</summary>
/// <remarks>The input is the <see cref="RandomKey"/> as a tensor, so that a plan draws anew each time.</remarks>
internal sealed record RandomPermutation(int Count) : Variadic
{
    protected override TensorType Infer(Tensor[] x) => new([Count], DType.Int64);

    protected override void Run(CpuKernels k, Tensor[] x, Tensor y) => k.RandomPermutation(RandomKey.From(x[0]), y);
}
