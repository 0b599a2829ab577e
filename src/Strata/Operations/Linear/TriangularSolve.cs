using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>x = op(A)⁻¹·b for the lower or upper triangle A of a, op being the transposition where asked for.</summary>
    internal sealed record TriangularSolve(bool Lower, bool Transpose) : Binary
    {
        protected override TensorType Infer(Tensor a, Tensor b) => b.Type;

        protected override void Run(CpuKernels k, Tensor a, Tensor b, Tensor y) => k.TriangularSolve(a, b, Lower, Transpose, y);

        // db = op(A)⁻ᵀ·dx, dA = −tri(db·xᵀ), or −tri(x·dbᵀ) where A stands transposed.
        protected override (Tensor? A, Tensor? B) Gradient(Tensor a, Tensor b, Tensor y, Tensor dy, Needs needs)
        {
            var db = new TriangularSolve(Lower, !Transpose).Apply(a, dy);
            if (!needs[0]) return (null, db);
            var da = Transpose ? y.MatMul(db, transposeB: true) : db.MatMul(y, transposeB: true);
            return (-(Lower ? da.LowerTriangle() : da.UpperTriangle()), needs[1] ? db : null);
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The solution x of A·x = b, where A is the lower (or upper) triangle of the matrices in the last two axes of this tensor; what
        /// lies beyond it is not read.</summary>
        /// <param name="b">The right sides as columns, [.., n, count]; or one of them, [.., n], if this has one axis more. Batches broadcast.</param>
        /// <param name="lower">Whether A is the lower triangle.</param>
        /// <param name="transpose">Whether to solve Aᵀ·x = b.</param>
        /// <exception cref="ShapeException">The shapes do not fit, or the diagonal has a 0.</exception>
        public Tensor TriangularSolve(Tensor b, bool lower = true, bool transpose = false) =>
            Solved("TriangularSolve", b, new TriangularSolve(lower, transpose));

        /// <summary>Checks and broadcasts the operands of a system of equations and applies its operation.</summary>
        Tensor Solved(string name, Tensor b, Binary operation)
        {
            if (Rank < 2 || Shape[^1] != Shape[^2]) throw new ShapeException($"{name}: {Shape} is not a square matrix.");
            var type = DTypes.Promote(DType, b.DType);
            if (!type.IsFloating()) throw new ShapeException($"{name}: the operands are {DType.Name()} and {b.DType.Name()}; one must be float32 or float64.");
            var vector = b.Rank == Rank - 1 && b.Shape == Shape[..^1];
            if (!vector && (b.Rank < 2 || b.Shape[^2] != Shape[^1]))
                throw new ShapeException($"{name}: the right side {b.Shape} does not fit the matrix {Shape}; it must be [.., {Shape[^1]}, count] or {Shape[..^1]}.");
            var right = vector ? b.ExpandDims(-1) : b;
            var batch = Shape.Broadcast(Shape[..^2], right.Shape[..^2], name);
            var x = operation.Apply(Cast(type).BroadcastTo(batch.Concat(Shape[^2..])), right.Cast(type).BroadcastTo(batch.Concat(right.Shape[^2..])));
            return vector ? x.Squeeze(-1) : x;
        }
    }
}
