using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>x = a⁻¹·b, or a⁻ᵀ·b, by elimination with row exchanges.</summary>
    internal sealed record Solve(bool Transpose, string For) : Binary
    {
        public override string Name => For;

        protected override TensorType Infer(Tensor a, Tensor b) => b.Type;

        protected override void Run(CpuKernels k, Tensor a, Tensor b, Tensor y) => k.Solve(Name, a, b, Transpose, y);

        // db = op(A)⁻ᵀ·dx, dA = −db·xᵀ, or −x·dbᵀ where A stands transposed.
        protected override (Tensor? A, Tensor? B) Gradient(Tensor a, Tensor b, Tensor y, Tensor dy, Needs needs)
        {
            var db = new Solve(!Transpose, For).Apply(a, dy);
            return (
                !needs[0] ? null : -(Transpose ? y.MatMul(db, transposeB: true) : db.MatMul(y, transposeB: true)),
                needs[1] ? db : null);
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The solution x of A·x = b for each square matrix A in the last two axes of this tensor.</summary>
        /// <param name="b">The right sides as columns, [.., n, count]; or one of them, [.., n], if this has one axis more. Batches broadcast.</param>
        /// <param name="transpose">Whether to solve Aᵀ·x = b.</param>
        /// <exception cref="ShapeException">The shapes do not fit, or a matrix is singular.</exception>
        public Tensor Solve(Tensor b, bool transpose = false) => Solved("Solve", b, new Solve(transpose, "Solve"));

        /// <summary>The inverse of each square matrix in the last two axes. To multiply by it, <see cref="Solve"/> is faster and more accurate.</summary>
        /// <exception cref="ShapeException">The matrices are not square, or one is singular.</exception>
        public Tensor Inverse()
        {
            if (Rank < 2) throw new ShapeException($"Inverse: {Shape} is not a square matrix.");
            return Solved("Inverse", Eye(Shape[^1], DType), new Solve(false, "Inverse"));
        }
    }
}
