using Strata.Kernels;

namespace Strata.Operations;

/// <summary>y = x, in memory of its own.</summary>
internal sealed record Copy : Unary
{
    protected override void Run(CpuKernels k, Tensor x, Tensor y) => CpuKernels.CopyBytes(x, y);

    protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy;
}
