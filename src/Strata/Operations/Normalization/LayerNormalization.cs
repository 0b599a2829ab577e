using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>(y, r) with y = (x − mean)·r and r = 1/√(variance + ε) along the last axis.</summary>
    internal sealed record Standardize(double Epsilon) : Multiple
    {
        protected override TensorType[] Infer(Tensor[] x)
        {
            if (x[0].Rank == 0 || x[0].Shape[^1] == 0) Fail($"the last axis of {x[0].Shape} has no elements to normalize.");
            return [x[0].Type, new(x[0].Shape[..^1], x[0].DType)];
        }

        protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y) => k.Standardize(x[0], Epsilon, y[0], y[1]);

        // Only y leaves Tensor.Standardize; the gradient of r is needed in second order, through StandardizeGradient.
        protected override Tensor?[] Gradient(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs)
        {
            var dx = dy[0] is { } d ? new StandardizeGradient().Apply(y[0], y[1], d) : null;
            if (dy[1] is not { } dr) return [dx];

            // dr/dx = −r³(x − mean)/n = −r²·y/n
            var through = y[0] * (dr * y[1].Square() * (-1.0 / x[0].Shape[^1])).Reshape([.. dr.Shape.Span, 1]);
            return [dx is null ? through : dx + through];
        }
    }

    /// <summary>dx = r·(dy − mean dy − y·mean(dy·y)) of y, r, dy.</summary>
    internal sealed record StandardizeGradient : Variadic
    {
        protected override TensorType Infer(Tensor[] x) => x[0].Type;

        protected override void Run(CpuKernels k, Tensor[] x, Tensor dx) => k.StandardizeGradient(x[0], x[1], x[2], dx);

        protected override Tensor?[] Gradient(Tensor[] x, Tensor dx, Tensor g, Needs needs)
        {
            var (y, dy) = (x[0], x[2]);
            var r = x[1].Reshape([.. x[1].Shape.Span, 1]);
            var gr = g * r;
            return
            [
                needs[0] ? -(gr * (dy * y).Mean(-1, keepDims: true) + dy * (gr * y).Mean(-1, keepDims: true)) : null,
                needs[1] ? (g * dx).Sum(-1) / x[1] : null,
                needs[2] ? new StandardizeGradient().Apply(y, x[1], g) : null, // the map is symmetric
            ];
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>(x − mean)/√(variance + ε) along the last axis.</summary>
        /// <exception cref="ShapeException">The last axis is empty, or there is none.</exception>
        public Tensor Standardize(double epsilon) => new Standardize(epsilon).Apply(Cast(DType.ToFloating()))[0];

        /// <summary>Normalizes along the last axis: y = (x − mean)/√(variance + ε)·gamma + beta (Ba, Kiros and Hinton 2016, arXiv 1607.06450,
        /// equations 3 and 4).</summary>
        /// <param name="x">[…, features].</param>
        /// <param name="gamma">The scale [features].</param>
        /// <param name="beta">The shift [features].</param>
        /// <param name="epsilon">What is added to the variance.</param>
        /// <exception cref="ShapeException">The shapes do not fit.</exception>
        public static Tensor LayerNormalization(Tensor x, Tensor gamma, Tensor beta, double epsilon) => x.Standardize(epsilon) * gamma + beta;
    }
}
