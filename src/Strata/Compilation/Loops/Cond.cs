using Strata.Differentiation;
using Strata.Kernels;
using Strata.Operations;

namespace Strata.Compilation;

/// <summary>A branch: inputs are the condition, one bool, and what the two bodies capture; only the chosen body runs.</summary>
/// <param name="Then">The body for true; a loop body without items and states.</param>
/// <param name="Otherwise">The body for false.</param>
internal sealed record Cond(LoopBody Then, LoopBody Otherwise) : Multiple
{
    protected override TensorType[] Infer(Tensor[] x) => Array.ConvertAll(Then.Outputs, y => y.Type);

    protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y)
    {
        var chosen = x[0].At(0) != 0;
        var body = chosen ? Then : Otherwise;
        var captured = chosen ? x[1..(1 + Then.Captures.Length)] : x[(1 + Then.Captures.Length)..];
        var frame = body.Plan.Rent();
        try
        {
            for (var i = 0; i < captured.Length; i++) frame.BindArgument(body.Graph.Arguments.IndexOf(body.Captures[i]), captured[i]);
            var results = body.Results;
            for (var i = 0; i < results.Length; i++) frame.BindResult(i, y[Array.IndexOf(body.Outputs, results[i])]);
            frame.Execute(k);
            for (var i = 0; i < y.Length; i++)
                if (Array.IndexOf(body.Outputs, body.Outputs[i]) is var first && first < i) CpuKernels.CopyBytes(y[first], y[i]);
        }
        finally
        {
            body.Plan.Return(frame);
        }
    }

    // The branch again, with the pullbacks as bodies: each computes what it needs of its forward pass itself.
    protected override Tensor?[] Gradient(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs)
    {
        var cotangents = dy.Select((d, i) => d ?? Tensor.ZerosLike(y[i])).ToArray();
        var wanted = Enumerable.Range(1, x.Length - 1).Where(i => needs[i] && x[i].DType.IsFloating()).ToArray();
        var dx = new Tensor?[x.Length];
        var gradients = Flow.Cond(x[0], () => Pullback(Then, 1), () => Pullback(Otherwise, 1 + Then.Captures.Length));
        for (var i = 0; i < wanted.Length; i++) dx[wanted[i]] = gradients[i];
        return dx;

        Tensor[] Pullback(LoopBody body, int first)
        {
            var inputs = x[first..(first + body.Captures.Length)];
            var (_, pullback) = Strata.Gradient.Vjp(body.Inline, inputs);
            var own = pullback(cotangents);
            return [.. wanted.Select(i => i >= first && i < first + inputs.Length ? own[i - first] : Tensor.ZerosLike(x[i]))];
        }
    }
}
