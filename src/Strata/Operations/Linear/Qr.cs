using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>x = Q·R for matrices with at least as many rows as columns.</summary>
    internal sealed record Qr : Multiple
    {
        protected override TensorType[] Infer(Tensor[] x)
        {
            var (shape, type) = (x[0].Shape, x[0].DType);
            return [x[0].Type, new([.. shape.Span[..^2], shape[^1], shape[^1]], type)];
        }

        protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y) => k.Qr(x[0], y[0], y[1]);

        // With M = R·dRᵀ − dQᵀ·Q: dA = (dQ + Q·sym(M))·R⁻ᵀ, sym mirroring the lower triangle (Walter and Lehmann 2018, equation 11).
        protected override Tensor?[] Gradient(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs)
        {
            var (q, r) = (y[0], y[1]);
            var (dq, dr) = (dy[0] ?? Tensor.ZerosLike(q), dy[1] ?? Tensor.ZerosLike(r));
            var m = r.MatMul(dr, transposeB: true) - dq.MatMul(q, transposeA: true);
            var symmetric = m.LowerTriangle() + m.LowerTriangle(-1).SwapAxes(-1, -2);
            var left = dq + q.MatMul(symmetric);
            return [r.TriangularSolve(left.SwapAxes(-1, -2), lower: false).SwapAxes(-1, -2)];
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>A = Q·R for each matrix A [.., m, n] in the last two axes: Q [.., m, k] has orthonormal columns, k = min(m, n), and R [.., k, n]
        /// is upper triangular with a diagonal that is not negative, which makes both unique where A has full rank. Gradients need the
        /// first k columns to be independent.</summary>
        /// <exception cref="ShapeException">This is not a matrix, or not floating-point.</exception>
        public (Tensor Q, Tensor R) Qr()
        {
            if (Rank < 2) throw new ShapeException($"Qr: {Shape} is not a matrix.");
            if (!DType.IsFloating()) throw new ShapeException($"Qr: the matrix is {DType.Name()}; it must be float32 or float64.");
            if (Shape[^2] >= Shape[^1])
            {
                var y = new Qr().Apply(this);
                return (y[0], y[1]);
            }

            // The first m columns decide Q; the others follow.
            var (q, square) = this[AxisIndex.Rest, ..Shape[^2]].Qr();
            return (q, Concatenate([square, q.MatMul(this[AxisIndex.Rest, Shape[^2]..], transposeA: true)], -1));
        }
    }
}
