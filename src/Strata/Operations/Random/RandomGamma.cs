using Strata.Kernels;
using Strata.Random;

namespace Strata.Operations;

/// <summary>Gamma numbers of scale 1.</summary>
/// <remarks>The inputs are the <see cref="RandomKey"/> as a tensor, so that a plan draws anew each time, and the concentration, float64, one number or one for each element.</remarks>
internal sealed record RandomGamma(Shape Shape, DType DType) : Variadic
{
    protected override TensorType Infer(Tensor[] x)
    {
        if (!DType.IsFloating()) Fail($"its numbers are float32 or float64, not {DType.Name()}.");
        return new(Shape, DType);
    }

    protected override void Run(CpuKernels k, Tensor[] x, Tensor y) => k.RandomGamma(RandomKey.From(x[0]), x[1], y);
}
