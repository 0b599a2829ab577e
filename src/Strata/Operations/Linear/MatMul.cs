using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = op(a)·op(b) for matrices, op being the transposition where asked for.</summary>
    internal sealed record MatMul(bool TransposeA, bool TransposeB) : Binary
    {
        protected override TensorType Infer(Tensor a, Tensor b)
        {
            if (a.Rank != 2 || b.Rank != 2) Fail($"both sides must be matrices, but they are {a.Shape} and {b.Shape}.");
            var (p, q) = (a.Shape[TransposeA ? 0 : 1], b.Shape[TransposeB ? 1 : 0]);
            if (p != q) Fail($"inner sizes differ: {a.Shape}{(TransposeA ? "ᵀ" : "")} × {b.Shape}{(TransposeB ? "ᵀ" : "")} ({p} ≠ {q})");
            return new([a.Shape[TransposeA ? 1 : 0], b.Shape[TransposeB ? 0 : 1]], a.DType);
        }

        protected override void Run(CpuKernels k, Tensor a, Tensor b, Tensor y) => k.NaiveMatMul(a, b, TransposeA, TransposeB, y);

        protected override (Tensor? A, Tensor? B) Gradient(Tensor a, Tensor b, Tensor y, Tensor dy, Needs needs) => (
            !needs[0] ? null : TransposeA ? new MatMul(TransposeB, true).Apply(b, dy) : new MatMul(false, !TransposeB).Apply(dy, b),
            !needs[1] ? null : TransposeB ? new MatMul(true, TransposeA).Apply(dy, a) : new MatMul(!TransposeA, false).Apply(a, dy));
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The matrix product.</summary>
        public Tensor MatMul(Tensor other, bool transposeA = false, bool transposeB = false) => new MatMul(transposeA, transposeB).Apply(this, other);
    }
}
