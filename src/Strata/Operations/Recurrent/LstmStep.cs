using Strata.Differentiation;
using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>(h, c', a) from the pre-activations x [n, 4u] of the gates i, f, g, o and the cell c [n, u]; a holds the gates, for the gradient.</summary>
    internal sealed record LstmStep(bool Hard) : Multiple
    {
        protected override TensorType[] Infer(Tensor[] x)
        {
            var c = x[1];
            if (c.Rank != 2 || !c.DType.IsFloating()) Fail($"the cell is {c.Type}; it must be float32 or float64 [examples, units].");
            Shape fitting = [c.Shape[0], 4 * c.Shape[1]];
            if (x[0].Shape != fitting || x[0].DType != c.DType) Fail($"the pre-activations are {x[0].Type}, but a cell {c.Shape} needs {new TensorType(fitting, c.DType)}.");
            return [c.Type, c.Type, x[0].Type];
        }

        protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y) => k.LstmStep(x[0], x[1], Hard, y);

        protected override Tensor?[] Gradient(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs)
        {
            var inputs = new List<Tensor>([x[0], x[1], y[1], y[2]]);
            if (dy[0] is { } dh) inputs.Add(dh);
            if (dy[1] is { } dc) inputs.Add(dc);
            return new LstmStepGradient(Hard, dy[0] is not null, dy[1] is not null).Apply([.. inputs]);
        }

        /// <summary>(h, c') in other operations.</summary>
        public static (Tensor H, Tensor C) Composed(Tensor x, Tensor c, bool hard)
        {
            var a = x.Split(4, 1);
            var next = (Gate(a[1], hard) * c) + (Gate(a[0], hard) * a[2].Tanh());
            return (Gate(a[3], hard) * next.Tanh(), next);
        }

        public static Tensor Gate(Tensor x, bool hard) => hard ? ((x * 0.2) + 0.5).Clip(0, 1) : x.Sigmoid();
    }

    /// <summary>(dx, dc) of x, c, c', a and the gradients for h and c' as far as there are.</summary>
    internal sealed record LstmStepGradient(bool Hard, bool ForH, bool ForC) : Multiple
    {
        protected override TensorType[] Infer(Tensor[] x) => [x[0].Type, x[1].Type];

        protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y) => k.LstmStepGradient(x[1], x[2], x[3], ForH ? x[4] : null, ForC ? x[^1] : null, Hard, y);

        protected override Tensor?[] Gradient(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs)
        {
            var d = Rederived.Gradient(z => Composed(z)[(ForH ? 0 : 1)..(ForC ? 2 : 1)], x[..2], x[4..], dy);
            return [d[0], d[1], null, null, .. d[2..]];
        }

        Tensor[] Composed(Tensor[] x)
        {
            var (h, c) = LstmStep.Composed(x[0], x[1], Hard);
            return [h, c];
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The point-wise part of one step of an LSTM (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000):
        /// c' = σ(f)·c + σ(i)·tanh(g) and h = σ(o)·tanh(c').</summary>
        /// <param name="gates">The pre-activations i, f, g, o side by side (Keras's order): [n, 4·units].</param>
        /// <param name="cell">c [n, units].</param>
        /// <param name="hardSigmoid">Whether σ is clip(.2x + .5, 0, 1) instead of the logistic function.</param>
        /// <returns>h and c', both [n, units].</returns>
        /// <exception cref="ShapeException">The shapes or types do not fit.</exception>
        public static (Tensor Output, Tensor Cell) LstmStep(Tensor gates, Tensor cell, bool hardSigmoid = false)
        {
            var y = new LstmStep(hardSigmoid).Apply(gates, cell);
            return (y[0], y[1]);
        }
    }
}
