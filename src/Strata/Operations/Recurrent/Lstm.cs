using Strata.Differentiation;
using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>An LSTM over a sequence: (h, c [n, t, u], a [n, t, 4u]) from x [n, t, 4u], h₀, c₀ [n, u], U [u, 4u] and, if masked, the mask [n, t];
    /// a holds the gates, for the gradient.</summary>
    internal sealed record Lstm(bool Hard, bool Reverse, bool Masked) : Multiple
    {
        protected override TensorType[] Infer(Tensor[] x)
        {
            var (input, u) = (x[0], x[3]);
            if (input.Rank != 3 || !input.DType.IsFloating()) Fail($"the input is {input.Type}; it must be float32 or float64 [examples, time, 4·units].");
            if (u.Rank != 2 || u.Shape[1] != 4 * u.Shape[0]) Fail($"the recurrent kernel is {u.Shape}; it must be [units, 4·units].");
            if (input.Shape[2] != u.Shape[1]) Fail($"the input {input.Shape} does not fit the recurrent kernel {u.Shape} ({input.Shape[2]} ≠ {u.Shape[1]}).");
            var state = new TensorType([input.Shape[0], u.Shape[0]], input.DType);
            if (x[1].Type != state || x[2].Type != state) Fail($"the initial states are {x[1].Type} and {x[2].Type}; they must be {state}.");
            if (u.DType != input.DType) Fail($"the input is {input.DType.Name()}, but the recurrent kernel {u.DType.Name()}.");
            if (Masked && x[4].Type != new TensorType(input.Shape[..2], DType.Bool)) Fail($"the mask is {x[4].Type}; it must be bool {input.Shape[..2]}.");
            var sequence = new TensorType([input.Shape[0], input.Shape[1], u.Shape[0]], input.DType);
            return [sequence, sequence, input.Type];
        }

        protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y) => k.Lstm(x[0], x[1], x[2], x[3], Masked ? x[4] : null, Hard, Reverse, y);

        protected override Tensor?[] Gradient(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs)
        {
            var inputs = new List<Tensor>([.. x, .. y]);
            if (dy[0] is { } dh) inputs.Add(dh);
            if (dy[1] is { } dc) inputs.Add(dc);
            return new LstmGradient(this, dy[0] is not null, dy[1] is not null).Apply([.. inputs]);
        }

        /// <summary>(h, c) in other operations, step by step.</summary>
        public Tensor[] Composed(Tensor[] x)
        {
            var (steps, h, c, u) = (x[0].Unstack(1), x[1], x[2], x[3]);
            var (outputs, cells) = (new Tensor[steps.Length], new Tensor[steps.Length]);
            for (var s = 0; s < steps.Length; s++)
            {
                var at = Reverse ? steps.Length - 1 - s : s;
                var (nextH, nextC) = LstmStep.Composed(steps[at] + h.MatMul(u), c, Hard);
                if (Masked)
                {
                    var keep = x[4].Slice([0, at], [h.Shape[0], 1]);
                    (nextH, nextC) = (Tensor.Where(keep, nextH, h), Tensor.Where(keep, nextC, c));
                }

                (h, c) = (nextH, nextC);
                (outputs[at], cells[at]) = (h, c);
            }

            if (steps.Length > 0) return [Tensor.Stack(outputs, 1), Tensor.Stack(cells, 1)];
            var none = Tensor.Zeros([h.Shape[0], 0, h.Shape[1]], h.DType);
            return [none, none];
        }
    }

    /// <summary>(dx, dh₀, dc₀, dU) of the forward operation's inputs and outputs and the gradients for h and c as far as there are.</summary>
    internal sealed record LstmGradient(Lstm Forward, bool ForH, bool ForC) : Multiple
    {
        int Inputs => Forward.Masked ? 5 : 4;

        protected override TensorType[] Infer(Tensor[] x) => [x[0].Type, x[1].Type, x[2].Type, x[3].Type];

        protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y)
        {
            var results = x[Inputs..];
            k.LstmGradient(
                x[1], x[2], x[3], Forward.Masked ? x[4] : null, results[0], results[1], results[2], ForH ? results[3] : null, ForC ? results[^1] : null, Forward.Hard, Forward.Reverse, y);
        }

        protected override Tensor?[] Gradient(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs)
        {
            var d = Rederived.Gradient(z => Forward.Composed(z)[(ForH ? 0 : 1)..(ForC ? 2 : 1)], x[..Inputs], x[(Inputs + 3)..], dy);
            return [.. d[..Inputs], null, null, null, .. d[Inputs..]];
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>An LSTM over whole sequences (see <see cref="LstmStep"/>): gates x_t + h_{t−1}·U. One kernel runs all steps, its backward pass all
        /// steps back, and the gradient of U is one product.</summary>
        /// <param name="input">The input's share of the pre-activations i, f, g, o, that is x·W + b for all steps at once: [n, t, 4·units].</param>
        /// <param name="output0">h before the first step [n, units].</param>
        /// <param name="cell0">c before the first step [n, units].</param>
        /// <param name="recurrentKernel">U [units, 4·units].</param>
        /// <param name="mask">Truth values [n, t]: where false, the step is skipped and the state stays.</param>
        /// <param name="hardSigmoid">Whether σ is clip(.2x + .5, 0, 1) instead of the logistic function.</param>
        /// <param name="reverse">Whether to go from the last step to the first; the results keep the places of their inputs.</param>
        /// <returns>h and c of all steps, both [n, t, units].</returns>
        /// <exception cref="ShapeException">The shapes or types do not fit.</exception>
        public static (Tensor Outputs, Tensor Cells) Lstm(
            Tensor input, Tensor output0, Tensor cell0, Tensor recurrentKernel, Tensor? mask = null, bool hardSigmoid = false, bool reverse = false)
        {
            var operation = new Lstm(hardSigmoid, reverse, mask is not null);
            var y = mask is null ? operation.Apply(input, output0, cell0, recurrentKernel) : operation.Apply(input, output0, cell0, recurrentKernel, mask);
            return (y[0], y[1]);
        }
    }
}
