using Strata.Kernels;
using Strata.Operations;

namespace Strata.Compilation;

/// <summary>A node without inputs that a plan does not run: its output is there before.</summary>
internal abstract record Leaf(TensorType Type) : Operation
{
    internal override TensorType[] InferAll(Tensor[] x) => [Type];

    internal override void RunAll(CpuKernels k, Tensor[] x, Tensor[] y) => throw new NotSupportedException("A leaf is not run.");

    internal override Tensor?[] GradientAll(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs) => [];
}
