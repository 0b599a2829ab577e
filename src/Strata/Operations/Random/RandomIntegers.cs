using Strata.Kernels;
using Strata.Random;

namespace Strata.Operations;

/// <summary>Uniform integers in Low … High − 1.</summary>
internal sealed record RandomIntegers(Shape Shape, DType DType, long Low, long High, RandomKey Key) : Variadic
{
    protected override TensorType Infer(Tensor[] x)
    {
        if (!DType.IsInteger()) Fail($"its numbers are integers, not {DType.Name()}.");
        if (Low >= High) Fail($"the range {Low} … {High} − 1 is empty.");
        return new(Shape, DType);
    }

    protected override void Run(CpuKernels k, Tensor[] x, Tensor y) => k.RandomIntegers(Key, Low, High, y);
}
