using Strata.Kernels;
using Strata.Random;

namespace Strata.Operations;

/// <summary>How often each class comes up in Trials independent draws, int64.</summary>
/// <remarks>The inputs are the <see cref="RandomKey"/> as a tensor, so that a plan draws anew each time, and the weights of the classes, float64 [.., classes].</remarks>
internal sealed record RandomMultinomial(int Trials) : Variadic
{
    protected override TensorType Infer(Tensor[] x) => new(x[1].Shape, DType.Int64);

    protected override void Run(CpuKernels k, Tensor[] x, Tensor y) => k.RandomMultinomial(RandomKey.From(x[0]), x[1], Trials, y);
}
