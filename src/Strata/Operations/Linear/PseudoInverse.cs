using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>The inverse of Moore and Penrose of each matrix, singular values up to Cutoff times the largest counting as 0.</summary>
    internal sealed record PseudoInverse(double Cutoff) : Unary
    {
        protected override TensorType Infer(Tensor x)
        {
            if (x.Rank < 2) Fail($"{x.Shape} is not a matrix.");
            if (!x.DType.IsFloating()) Fail($"the matrix is {x.DType.Name()}; it must be float32 or float64.");
            if (!(Cutoff >= 0)) Fail($"the cutoff is {Cutoff}; it is a share of the largest singular value, 0 or more.");
            return new([.. x.Shape.Span[..^2], x.Shape[^1], x.Shape[^2]], x.DType);
        }

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.PseudoInverse(x, Cutoff, y);

        // At constant rank, dP = −P·dA·P + P·Pᵀ·dAᵀ·(1 − A·P) + (1 − P·A)·dAᵀ·Pᵀ·P (Golub and Pereyra 1973, equation 4.12), and so
        // dL/dA = −Pᵀ·G·Pᵀ + (1 − A·P)·Gᵀ·P·Pᵀ + Pᵀ·P·Gᵀ·(1 − P·A) with G = dL/dP.
        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy)
        {
            var (transposed, g) = (y.SwapAxes(-1, -2), dy.SwapAxes(-1, -2));
            var left = g.MatMul(y.MatMul(transposed)); // Gᵀ·P·Pᵀ
            var right = transposed.MatMul(y).MatMul(g); // Pᵀ·P·Gᵀ
            return left - x.MatMul(y.MatMul(left)) + right - right.MatMul(y).MatMul(x) - transposed.MatMul(dy).MatMul(transposed);
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The inverse of Moore and Penrose of each matrix A [.., m, n] in the last two axes, [.., n, m]: A⁺·b is the shortest of the x for which
        /// A·x is nearest to b. The gradient is that at constant rank.</summary>
        /// <param name="cutoff">Singular values up to this share of the largest count as 0; by default max(m, n) times the distance from 1 to the next
        /// number of the element type, below which they are rounding.</param>
        /// <exception cref="ShapeException">This is not a matrix, not floating-point, or holds a number that is not finite; or the cutoff is negative.</exception>
        public Tensor PseudoInverse(double? cutoff = null)
        {
            var rounding = DType == DType.Float64 ? double.BitIncrement(1) - 1 : float.BitIncrement(1) - 1;
            return new PseudoInverse(cutoff ?? (Rank < 2 ? 0 : Math.Max(Shape[^1], Shape[^2]) * rounding)).Apply(this);
        }
    }
}
