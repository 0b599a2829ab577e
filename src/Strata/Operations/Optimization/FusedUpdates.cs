using Strata.Kernels;

namespace Strata.Operations;

/// <summary>One step of an optimizer for several parameters of one type as a single operation: (p₁, g₁, states₁…, p₂, …, numbers) → (p₁', states₁'…, p₂', …).
/// One parallel section goes over all of them, which are mostly too small for one of their own.</summary>
internal sealed record FusedUpdates(ParameterUpdate Rule) : Multiple
{
    int Given => Rule.States + 2;

    int Made => Rule.States + 1;

    internal override bool Overwrites(int input, int output) => input / Given == output / Made && Rule.Overwrites(input % Given, output % Made);

    protected override TensorType[] Infer(Tensor[] x) =>
        [.. Enumerable.Range(0, x.Length / Given).SelectMany(i => Rule.InferAll([.. x.AsSpan(i * Given, Given), x[^1]]))];

    protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y) => Rule.RunTogether(k, x, y);
}
