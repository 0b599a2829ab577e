using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>x = U·diag(s)·Vᵀ, reduced.</summary>
    internal sealed record Svd : Multiple
    {
        protected override TensorType[] Infer(Tensor[] x)
        {
            if (x[0].Rank < 2) Fail($"{x[0].Shape} is not a matrix.");
            if (!x[0].DType.IsFloating()) Fail($"the matrix is {x[0].DType.Name()}; it must be float32 or float64.");
            var (batch, m, n, type) = (x[0].Shape[..^2], x[0].Shape[^2], x[0].Shape[^1], x[0].DType);
            var k = Math.Min(m, n);
            return [new([.. batch.Span, m, k], type), new([.. batch.Span, k], type), new([.. batch.Span, k, n], type)];
        }

        protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y) => k.Svd(x[0], y[0], y[1], y[2]);

        // Giles 2008, §3.2, with the parts of dU and dV outside the spans of U and V (Townsend 2016):
        // dA = U·[skew(Uᵀ·dU)/E · S + S · skew(Vᵀ·dV)/E + diag(ds)]·Vᵀ + (1 − U·Uᵀ)·dU·S⁻¹·Vᵀ + U·S⁻¹·dVᵀ·(1 − V·Vᵀ),
        // skew(X) = X − Xᵀ, Eᵢⱼ = sⱼ² − sᵢ².
        protected override Tensor?[] Gradient(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs)
        {
            var (u, s, vt) = (y[0], y[1], y[2]);
            var (m, n, k) = (u.Shape[^2], vt.Shape[^1], s.Shape[^1]);
            var (row, column) = (s.ExpandDims(-2), s.ExpandDims(-1));
            var e = (row * row) - (column * column) + Tensor.Eye(k, s.DType);
            var inner = (dy[1] ?? Tensor.ZerosLike(s)).DiagonalMatrix();
            Tensor? outside = null;
            if (dy[0] is { } du)
            {
                var projected = u.MatMul(du, transposeA: true);
                inner += (projected - projected.SwapAxes(-1, -2)) / e * row;
                if (m > k) outside = ((du - u.MatMul(projected)) / row).MatMul(vt);
            }

            if (dy[2] is { } dvt)
            {
                var projected = vt.MatMul(dvt, transposeB: true);
                inner += column * ((projected - projected.SwapAxes(-1, -2)) / e);
                if (n > k)
                {
                    var beyond = u.MatMul((dvt - projected.SwapAxes(-1, -2).MatMul(vt)) / column);
                    outside = outside is null ? beyond : outside + beyond;
                }
            }

            var dx = u.MatMul(inner).MatMul(vt);
            return [outside is null ? dx : dx + outside];
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The reduced singular value decomposition A = U·diag(s)·Vᵀ of each matrix A [.., m, n] in the last two axes: U [.., m, k] and Vᵀ
        /// [.., k, n] with k = min(m, n) have orthonormal columns and rows, s [.., k] descends. The signs of pairs of vectors are arbitrary;
        /// the gradients of the vectors need distinct singular values that are not 0.</summary>
        /// <exception cref="ShapeException">This is not a matrix, not floating-point, or holds a number that is not finite.</exception>
        public (Tensor U, Tensor S, Tensor Vt) Svd()
        {
            var y = new Svd().Apply(this);
            return (y[0], y[1], y[2]);
        }
    }
}
