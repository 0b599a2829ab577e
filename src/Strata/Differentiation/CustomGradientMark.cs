using Strata.Kernels;
using Strata.Operations;

namespace Strata.Differentiation;

/// <summary>A <see cref="CustomGradient"/> in a trace: from what the function gave and what it was given to what it gave, with the user's gradient for
/// what it was given. So the gradient stays with the nodes when a graph is differentiated later, as the body of a loop is.</summary>
internal sealed record CustomGradientMark(Func<Tensor[], Tensor[], Tensor[], Tensor?[]> Backward, int Count) : Operation
{
    internal override bool IsView => true;

    internal override int ViewedInput(int output) => output;

    internal override TensorType[] InferAll(Tensor[] x) => Array.ConvertAll(x[..Count], y => y.Type);

    // A plan runs nothing for a view, but constants are folded through it.
    internal override void RunAll(CpuKernels k, Tensor[] x, Tensor[] y)
    {
        for (var i = 0; i < y.Length; i++) CpuKernels.CopyBytes(x[i], y[i]);
    }

    internal override Tensor?[] GradientAll(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs) =>
        [.. new Tensor?[Count], .. CustomGradient.Checked(Backward, x[Count..], y, dy)];
}
