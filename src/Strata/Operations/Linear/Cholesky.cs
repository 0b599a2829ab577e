using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>The lower triangular L with L·Lᵀ = x, for symmetric positive definite x.</summary>
    internal sealed record Cholesky : Unary
    {
        protected override TensorType Infer(Tensor x)
        {
            if (x.Rank < 2 || x.Shape[^1] != x.Shape[^2]) Fail($"{x.Shape} is not a square matrix.");
            if (!x.DType.IsFloating()) Fail($"the matrix is {x.DType.Name()}; it must be float32 or float64.");
            return x.Type;
        }

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.Cholesky(x, y);

        // dA = sym(L⁻ᵀ Φ(Lᵀ dL) L⁻¹), Φ taking the lower triangle with half the diagonal (Murray 2016, equation 10).
        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy)
        {
            var product = y.MatMul(dy, transposeA: true);
            var phi = product.LowerTriangle() - (product.Diagonal() * 0.5).DiagonalMatrix();
            var left = y.TriangularSolve(phi, lower: true, transpose: true);
            var both = y.TriangularSolve(left.SwapAxes(-1, -2), lower: true, transpose: true);
            return (both + both.SwapAxes(-1, -2)) * 0.5;
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The lower triangular L with L·Lᵀ = A for each symmetric positive definite matrix A in the last two axes, of which the lower
        /// triangle is read. The gradient is symmetric.</summary>
        /// <exception cref="ShapeException">The matrices are not square, not floating-point or not positive definite.</exception>
        public Tensor Cholesky() => new Cholesky().Apply(this);
    }
}
