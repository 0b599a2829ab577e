using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = op(a)·op(b) over the last two axes, op being the transposition where asked for; the batches before them are equal or one of them is 1.</summary>
    internal sealed record MatMul(bool TransposeA, bool TransposeB) : Contraction
    {
        protected override TensorType Infer(Tensor a, Tensor b)
        {
            var (p, q) = (a.Shape[TransposeA ? ^2 : ^1], b.Shape[TransposeB ? ^1 : ^2]);
            if (p != q) Fail($"inner sizes differ: {Written(a, TransposeA)} × {Written(b, TransposeB)} ({p} ≠ {q})");
            if (!a.DType.IsFloating()) Fail($"its operands are float32 or float64, not {a.DType.Name()}; convert with Cast.");
            var batch = a.Shape[..^2].Size == 1 ? b.Shape[..^2] : a.Shape[..^2];
            return new([.. batch.Span, a.Shape[TransposeA ? ^1 : ^2], b.Shape[TransposeB ? ^2 : ^1]], a.DType);
        }

        internal override void Run(CpuKernels k, Tensor a, Tensor b, Tensor y, Epilogue epilogue, PreparedWeights? prepared) =>
            k.MatMul(a, b, TransposeA, TransposeB, y, epilogue, prepared);

        // A product with a vector reads a matrix once and as it lies.
        internal override PreparedWeights? Prepare(CpuKernels k, Tensor a, Tensor b, Tensor y) =>
            b.Rank == 2 && y.Shape[^1] > 1 && y.Size > y.Shape[^1] ? k.PrepareMatMul(b, TransposeB) : null;

        protected override (Tensor? A, Tensor? B) Gradient(Tensor a, Tensor b, Tensor y, Tensor dy, Needs needs) => (
            !needs[0] ? null : (TransposeA ? new MatMul(TransposeB, true).Apply(b, dy) : new MatMul(false, !TransposeB).Apply(dy, b)).SumTo(a.Shape),
            !needs[1] ? null : (TransposeB ? new MatMul(true, TransposeA).Apply(dy, a) : new MatMul(!TransposeA, false).Apply(a, dy)).SumTo(b.Shape));

        static string Written(Tensor x, bool transposed) => x.Shape + (transposed ? "ᵀ" : "");
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The matrix product over the last two axes, [..., m, k] × [..., k, n] → [..., m, n]; the axes before them broadcast. A vector on
        /// the left stands for a row and on the right for a column, which the result then lacks.</summary>
        /// <param name="other">The right operand.</param>
        /// <param name="transposeA">Whether this is stored as [..., k, m].</param>
        /// <param name="transposeB">Whether <paramref name="other"/> is stored as [..., n, k].</param>
        /// <exception cref="ShapeException">The inner sizes differ, the batches do not broadcast, or an operand is a scalar or not floating-point.</exception>
        public Tensor MatMul(Tensor other, bool transposeA = false, bool transposeB = false)
        {
            if (Rank == 0 || other.Rank == 0) throw new ShapeException($"MatMul: an operand is a scalar ({Shape} × {other.Shape}); multiply with *.");
            var type = DTypes.Promote(DType, other.DType);
            var (a, b) = (Cast(type), other.Cast(type));
            if (a.Rank == 1) return a.ExpandDims(transposeA ? 1 : 0).MatMul(b, transposeA, transposeB).Squeeze(b.Rank == 1 ? -1 : -2);
            if (b.Rank == 1) return a.MatMul(b.ExpandDims(transposeB ? 0 : 1), transposeA, transposeB).Squeeze(-1);
            var operation = new MatMul(transposeA, transposeB);
            if (a.Rank == 2 && b.Rank == 2) return operation.Apply(a, b);

            // Against one matrix a batch of row-wise factors is one tall factor, and so is its gradient.
            if (b.Rank == 2 && !transposeA)
            {
                var y = operation.Apply(a.Reshape(-1, a.Shape[^1]), b);
                return y.Reshape([.. a.Shape[..^1].Span, y.Shape[1]]);
            }

            var batch = Shape.Broadcast(a.Shape[..^2], b.Shape[..^2], "MatMul");
            return operation.Apply(Batched(a, batch), Batched(b, batch));
        }

        // Kernels take one batch for all (size 1) or one for each; anything between is spread out.
        static Tensor Batched(Tensor x, Shape batch)
        {
            var own = x.Shape[..^2];
            if (own == batch) return x;
            return own.Size == 1 ? x.Reshape(x.Shape[^2], x.Shape[^1]) : x.BroadcastTo([.. batch.Span, x.Shape[^2], x.Shape[^1]]);
        }
    }
}
