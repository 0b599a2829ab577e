using Strata.Differentiation;
using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>A gated recurrent unit over a sequence: (h [n, t, u], a [n, t, 3u], q [n, t, u]) from x [n, t, 3u], h₀ [n, u], U [u, 3u], b [3u] if the reset
    /// gate comes after the product, and the mask [n, t] if there is one. For the gradient a holds the gates, and q what the reset gate was
    /// multiplied with or, where it comes before the product, gave.</summary>
    internal sealed record Gru(bool ResetAfter, bool Hard, bool Reverse, bool Masked) : Multiple
    {
        /// <summary>The number of inputs.</summary>
        public int Inputs => 3 + (ResetAfter ? 1 : 0) + (Masked ? 1 : 0);

        protected override TensorType[] Infer(Tensor[] x)
        {
            var (input, u) = (x[0], x[2]);
            if (input.Rank != 3 || !input.DType.IsFloating()) Fail($"the input is {input.Type}; it must be float32 or float64 [examples, time, 3·units].");
            if (u.Rank != 2 || u.Shape[1] != 3 * u.Shape[0]) Fail($"the recurrent kernel is {u.Shape}; it must be [units, 3·units].");
            if (input.Shape[2] != u.Shape[1]) Fail($"the input {input.Shape} does not fit the recurrent kernel {u.Shape} ({input.Shape[2]} ≠ {u.Shape[1]}).");
            var state = new TensorType([input.Shape[0], u.Shape[0]], input.DType);
            if (x[1].Type != state) Fail($"the initial state is {x[1].Type}; it must be {state}.");
            if (u.DType != input.DType) Fail($"the input is {input.DType.Name()}, but the recurrent kernel {u.DType.Name()}.");
            if (ResetAfter && x[3].Type != new TensorType([u.Shape[1]], input.DType)) Fail($"the recurrent bias is {x[3].Type}; it must be {new TensorType([u.Shape[1]], input.DType)}.");
            if (Masked && x[^1].Type != new TensorType(input.Shape[..2], DType.Bool)) Fail($"the mask is {x[^1].Type}; it must be bool {input.Shape[..2]}.");
            var sequence = new TensorType([input.Shape[0], input.Shape[1], u.Shape[0]], input.DType);
            return [sequence, input.Type, sequence];
        }

        protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y) =>
            k.Gru(x[0], x[1], x[2], ResetAfter ? x[3] : null, Masked ? x[^1] : null, Hard, Reverse, y);

        protected override Tensor?[] Gradient(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs) =>
            dy[0] is { } d ? new GruGradient(this).Apply([.. x, .. y, d]) : [];

        /// <summary>h in other operations, step by step.</summary>
        public Tensor Composed(Tensor[] x)
        {
            var (steps, h, u, units) = (x[0].Unstack(1), x[1], x[2], x[2].Shape[0]);
            var parts = ResetAfter ? [] : u.Split([2 * units, units], 1);
            var outputs = new Tensor[steps.Length];
            for (var s = 0; s < steps.Length; s++)
            {
                var at = Reverse ? steps.Length - 1 - s : s;
                var next = ResetAfter ? GruStep.Composed(steps[at], h.MatMul(u) + x[3], h, Hard) : ResetBefore(steps[at], h, parts);
                if (Masked) next = Tensor.Where(x[^1].Slice([0, at], [h.Shape[0], 1]), next, h);
                outputs[at] = h = next;
            }

            return steps.Length == 0 ? Tensor.Zeros([h.Shape[0], 0, units], h.DType) : Tensor.Stack(outputs, 1);
        }

        Tensor ResetBefore(Tensor x, Tensor h, Tensor[] u)
        {
            var own = x.Split(3, 1);
            var share = h.MatMul(u[0]).Split(2, 1);
            var z = LstmStep.Gate(own[0] + share[0], Hard);
            var r = LstmStep.Gate(own[1] + share[1], Hard);
            var g = (own[2] + (r * h).MatMul(u[1])).Tanh();
            return g + (z * (h - g));
        }
    }

    /// <summary>(dx, dh₀, dU, db) of the forward operation's inputs and outputs and the gradient for h; db only where there is a b.</summary>
    internal sealed record GruGradient(Gru Forward) : Multiple
    {
        protected override TensorType[] Infer(Tensor[] x) => Forward.ResetAfter ? [x[0].Type, x[1].Type, x[2].Type, x[3].Type] : [x[0].Type, x[1].Type, x[2].Type];

        protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y)
        {
            var results = x[Forward.Inputs..];
            k.GruGradient(x[1], x[2], Forward.Masked ? x[Forward.Inputs - 1] : null, results[0], results[1], results[2], results[3], Forward.ResetAfter, Forward.Hard, Forward.Reverse, y);
        }

        protected override Tensor?[] Gradient(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs)
        {
            var n = Forward.Inputs;
            var d = Rederived.Gradient(z => [Forward.Composed(z)], x[..n], x[^1..], dy);
            return [.. d[..n], null, null, null, d[n]];
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>A gated recurrent unit over whole sequences. With the reset gate after the product (see <see cref="GruStep"/>, and what cuDNN and
        /// PyTorch compute) the state's share is h·U + b; before it (Cho et al. 2014) g = tanh(x_g + (r·h)·U_g). One kernel runs all steps, its
        /// backward pass all steps back, and the gradient of U is one product.</summary>
        /// <param name="input">The input's share of the pre-activations z, r, g, that is x·W + b for all steps at once: [n, t, 3·units].</param>
        /// <param name="state0">h before the first step [n, units].</param>
        /// <param name="recurrentKernel">U [units, 3·units].</param>
        /// <param name="recurrentBias">b [3·units], which puts the reset gate after the product; none: before.</param>
        /// <param name="mask">Truth values [n, t]: where false, the step is skipped and the state stays.</param>
        /// <param name="hardSigmoid">Whether σ is clip(.2x + .5, 0, 1) instead of the logistic function.</param>
        /// <param name="reverse">Whether to go from the last step to the first; the results keep the places of their inputs.</param>
        /// <returns>h of all steps, [n, t, units].</returns>
        /// <exception cref="ShapeException">The shapes or types do not fit.</exception>
        public static Tensor Gru(
            Tensor input, Tensor state0, Tensor recurrentKernel, Tensor? recurrentBias = null, Tensor? mask = null, bool hardSigmoid = false, bool reverse = false)
        {
            var x = new List<Tensor>([input, state0, recurrentKernel]);
            if (recurrentBias is not null) x.Add(recurrentBias);
            if (mask is not null) x.Add(mask);
            return new Gru(recurrentBias is not null, hardSigmoid, reverse, mask is not null).Apply([.. x])[0];
        }
    }
}
