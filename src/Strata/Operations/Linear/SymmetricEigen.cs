using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>x = V·diag(λ)·Vᵀ for symmetric matrices.</summary>
    internal sealed record SymmetricEigen : Multiple
    {
        protected override TensorType[] Infer(Tensor[] x)
        {
            LogDeterminant.Check(Name, x[0]);
            return [new(x[0].Shape[..^1], x[0].DType), x[0].Type];
        }

        protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y) => k.SymmetricEigen(x[0], y[0], y[1]);

        // dA = V·(diag(dλ) + F ∘ (Vᵀ·dV))·Vᵀ with Fᵢⱼ = 1/(λⱼ − λᵢ), 0 on the diagonal (Giles 2008, §3.1), made symmetric.
        protected override Tensor?[] Gradient(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs)
        {
            var (values, v) = (y[0], y[1]);
            var inner = dy[0]?.DiagonalMatrix();
            if (dy[1] is { } dv)
            {
                var eye = Tensor.Eye(values.Shape[^1], values.DType);
                var f = (1 / (values.ExpandDims(-2) - values.ExpandDims(-1) + eye)) - eye;
                var turned = f * v.MatMul(dv, transposeA: true);
                inner = inner is null ? turned : inner + turned;
            }

            if (inner is null) return [null];
            var da = v.MatMul(inner).MatMul(v, transposeB: true);
            return [(da + da.SwapAxes(-1, -2)) * 0.5];
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The eigenvalues, in ascending order, and eigenvectors of each symmetric matrix in the last two axes, of which the lower
        /// triangle is read: A·V = V·diag(λ), the vectors being the orthonormal columns of V. The sign of a vector is arbitrary. The gradient
        /// is symmetric; that of the vectors needs distinct eigenvalues.</summary>
        /// <exception cref="ShapeException">The matrices are not square or not floating-point, or hold a number that is not finite.</exception>
        public (Tensor Values, Tensor Vectors) SymmetricEigen()
        {
            var y = new SymmetricEigen().Apply(this);
            return (y[0], y[1]);
        }
    }
}
