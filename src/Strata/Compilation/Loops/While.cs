using Strata.Kernels;
using Strata.Operations;

namespace Strata.Compilation;

/// <summary>A loop that goes on while a condition on its states holds: inputs are the first states and what the condition and the step capture;
/// outputs are the last states.</summary>
/// <param name="Condition">From the states to one bool.</param>
/// <param name="Step">From the states to the next.</param>
/// <param name="Limit">The most steps to make.</param>
internal sealed record While(LoopBody Condition, LoopBody Step, long Limit) : Multiple
{
    protected override TensorType[] Infer(Tensor[] x) => Array.ConvertAll(Step.States, s => s.Type);

    protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y)
    {
        var states = Step.States.Length;
        var (frame, asking) = (Step.Plan.Rent(), Condition.Plan.Rent());
        using var scope = new Memory.TensorScope();
        try
        {
            for (var i = 0; i < Condition.Captures.Length; i++) asking.BindArgument(Condition.Graph.Arguments.IndexOf(Condition.Captures[i]), x[states + i]);
            for (var i = 0; i < Step.Captures.Length; i++) frame.BindArgument(Step.Graph.Arguments.IndexOf(Step.Captures[i]), x[states + Condition.Captures.Length + i]);
            var answer = Tensor.Allocate([], DType.Bool);
            asking.BindResult(0, answer);
            var results = Step.Results;
            var now = x[..states];
            Tensor[][] halves = [.. Enumerable.Range(0, 2).Select(_ => Array.ConvertAll(results, r => Tensor.Allocate(r.Shape, r.DType)))];
            for (var step = 0L; ; step++)
            {
                for (var i = 0; i < states; i++)
                {
                    asking.BindArgument(Condition.Graph.Arguments.IndexOf(Condition.States[i]), now[i]);
                    frame.BindArgument(Step.Graph.Arguments.IndexOf(Step.States[i]), now[i]);
                }

                asking.Execute(k);
                if (answer.At(0) == 0) break;
                if (step == Limit) throw new StrataException($"While: the condition still holds after {Limit:N0} steps.");
                var half = halves[step & 1];
                for (var r = 0; r < results.Length; r++) frame.BindResult(r, half[r]);
                frame.Execute(k);
                now = Array.ConvertAll(Step.Next, n => half[Array.IndexOf(results, n)]);
            }

            for (var i = 0; i < states; i++) CpuKernels.CopyBytes(now[i], y[i]);
        }
        finally
        {
            Step.Plan.Return(frame);
            Condition.Plan.Return(asking);
        }
    }

    protected override Tensor?[] Gradient(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs) => throw new StrataException(
        "While: it has no gradient, because the number of its steps is not known beforehand; use Scan with a largest number of steps and keep the state by Where once the condition fails.");
}
