using Strata.Kernels;
using Strata.Random;

namespace Strata.Operations;

/// <summary>Uniform integers in Low … High − 1.</summary>
/// <remarks>The input is the <see cref="RandomKey"/> as a tensor, so that a plan draws anew each time.</remarks>
internal sealed record RandomIntegers(Shape Shape, DType DType, long Low, long High) : Variadic
{
    protected override TensorType Infer(Tensor[] x)
    {
        if (!DType.IsInteger()) Fail($"its numbers are integers, not {DType.Name()}.");
        if (Low >= High) Fail($"the range {Low} … {High} − 1 is empty.");
        return new(Shape, DType);
    }

    protected override void Run(CpuKernels k, Tensor[] x, Tensor y) => k.RandomIntegers(RandomKey.From(x[0]), Low, High, y);
}
