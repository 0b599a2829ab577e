using Strata.Differentiation;
using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>(h', a) from the input's share x and the state's share r of the pre-activations [n, 3u] of z, r, g and the state h [n, u]; a holds the gates,
    /// for the gradient.</summary>
    internal sealed record GruStep(bool Hard) : Multiple
    {
        protected override TensorType[] Infer(Tensor[] x)
        {
            var h = x[2];
            if (h.Rank != 2 || !h.DType.IsFloating()) Fail($"the state is {h.Type}; it must be float32 or float64 [examples, units].");
            var fitting = new TensorType([h.Shape[0], 3 * h.Shape[1]], h.DType);
            if (x[0].Type != fitting || x[1].Type != fitting) Fail($"the pre-activations are {x[0].Type} and {x[1].Type}, but a state {h.Shape} needs {fitting}.");
            return [h.Type, fitting];
        }

        protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y) => k.GruStep(x[0], x[1], x[2], Hard, y);

        protected override Tensor?[] Gradient(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs) =>
            dy[0] is { } d ? new GruStepGradient(Hard).Apply(x[0], x[1], x[2], y[1], d) : [];

        /// <summary>h' in other operations.</summary>
        public static Tensor Composed(Tensor x, Tensor r, Tensor h, bool hard)
        {
            var (own, share) = (x.Split(3, 1), r.Split(3, 1));
            var z = Operations.LstmStep.Gate(own[0] + share[0], hard);
            var reset = Operations.LstmStep.Gate(own[1] + share[1], hard);
            var g = (own[2] + (reset * share[2])).Tanh();
            return g + (z * (h - g));
        }
    }

    /// <summary>(dx, dr, dh) of x, r, h, a and the gradient for h'.</summary>
    internal sealed record GruStepGradient(bool Hard) : Multiple
    {
        protected override TensorType[] Infer(Tensor[] x) => [x[0].Type, x[1].Type, x[2].Type];

        protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y) => k.GruStepGradient(x[1], x[2], x[3], x[4], Hard, y);

        protected override Tensor?[] Gradient(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs)
        {
            var d = Rederived.Gradient(z => [GruStep.Composed(z[0], z[1], z[2], Hard)], x[..3], x[4..], dy);
            return [d[0], d[1], d[2], null, d[3]];
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The point-wise part of one step of a gated recurrent unit (Cho et al. 2014) with the reset gate after the product:
        /// z = σ(x_z + r_z), r = σ(x_r + r_r), g = tanh(x_g + r·r_g), h' = z·h + (1 − z)·g.</summary>
        /// <param name="input">The input's share of the pre-activations z, r, g side by side (Keras's order): [n, 3·units].</param>
        /// <param name="recurrent">The state's share, h·U + b: [n, 3·units].</param>
        /// <param name="state">h [n, units].</param>
        /// <param name="hardSigmoid">Whether σ is clip(.2x + .5, 0, 1) instead of the logistic function.</param>
        /// <returns>h' [n, units].</returns>
        /// <exception cref="ShapeException">The shapes or types do not fit.</exception>
        public static Tensor GruStep(Tensor input, Tensor recurrent, Tensor state, bool hardSigmoid = false) => new GruStep(hardSigmoid).Apply(input, recurrent, state)[0];
    }
}
