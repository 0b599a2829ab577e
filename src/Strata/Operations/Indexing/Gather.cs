using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>The entries of one axis at the positions that indices name: y[a…, i…, b…] = x[a…, indices[i…], b…].</summary>
    internal sealed record Gather(int Axis, string For) : Binary
    {
        public override string Name => For;

        protected override TensorType Infer(Tensor x, Tensor indices)
        {
            if (indices.DType is not (DType.Int32 or DType.Int64)) Fail($"the indices are {indices.DType.Name()}; they must be int32 or int64.");
            return new([.. x.Shape.Span[..Axis], .. indices.Shape.Span, .. x.Shape.Span[(Axis + 1)..]], x.DType);
        }

        protected override void Run(CpuKernels k, Tensor x, Tensor indices, Tensor y) => k.Gather(Name, x, Axis, indices, y);

        protected override (Tensor? A, Tensor? B) Gradient(Tensor x, Tensor indices, Tensor y, Tensor dy, Needs needs) =>
            (needs[0] ? new ScatterSum(Axis, x.Shape[Axis], indices.Rank, For).Apply(dy, indices) : null, null);
    }

    /// <summary>Zeros of Size along one axis to which the entries of x are added at the positions that indices name, in the indices'
    /// order: the adjoint of <see cref="Gather"/>. Costs the touched entries and clearing the result.</summary>
    internal sealed record ScatterSum(int Axis, int Size, int IndexRank, string For) : Binary
    {
        public override string Name => For;

        protected override TensorType Infer(Tensor x, Tensor indices)
        {
            if (indices.DType is not (DType.Int32 or DType.Int64)) Fail($"the indices are {indices.DType.Name()}; they must be int32 or int64.");
            if (x.DType == DType.Bool) Fail("truth values cannot be added; Cast them to a number.");
            return new([.. x.Shape.Span[..Axis], Size, .. x.Shape.Span[(Axis + IndexRank)..]], x.DType);
        }

        protected override void Run(CpuKernels k, Tensor x, Tensor indices, Tensor y) => k.ScatterSum(Name, x, Axis, indices, y);

        protected override (Tensor? A, Tensor? B) Gradient(Tensor x, Tensor indices, Tensor y, Tensor dy, Needs needs) =>
            (needs[0] ? new Gather(Axis, For).Apply(dy, indices) : null, null);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The entries along <paramref name="axis"/> at the positions that <paramref name="indices"/> name; the axis is replaced by
        /// the indices' axes. Indices count from 0 and are never negative.</summary>
        /// <param name="indices">int32 or int64, any shape.</param>
        /// <param name="axis">The axis to choose along.</param>
        /// <exception cref="ShapeException">An index is outside the axis.</exception>
        public Tensor Gather(Tensor indices, int axis = 0) => new Gather(Shape.Axis(axis, "Gather"), "Gather").Apply(this, indices);

        /// <summary>A copy to which <paramref name="updates"/> are added at the positions that <paramref name="indices"/> name along
        /// <paramref name="axis"/>; positions that stand more than once accumulate, in order.</summary>
        /// <param name="indices">int32 or int64, any shape.</param>
        /// <param name="updates">This tensor's shape with the axis replaced by the indices' axes.</param>
        /// <param name="axis">The axis to add along.</param>
        /// <exception cref="ShapeException">An index is outside the axis, or the updates do not fit.</exception>
        public Tensor ScatterAdd(Tensor indices, Tensor updates, int axis = 0)
        {
            var at = Shape.Axis(axis, "ScatterAdd");
            Shape fitting = [.. Shape.Span[..at], .. indices.Shape.Span, .. Shape.Span[(at + 1)..]];
            if (updates.Shape != fitting) throw new ShapeException($"ScatterAdd: the updates are {updates.Shape}; for indices {indices.Shape} on axis {at} of {Shape} they must be {fitting}.");
            return this + new ScatterSum(at, Shape[at], indices.Rank, "ScatterAdd").Apply(updates, indices);
        }

        /// <summary>The rows of this table [rows, features…] that <paramref name="indices"/> name: indices' shape followed by the features'.
        /// The gradient for the table costs the rows that were looked up, not a product with one-hot vectors.</summary>
        /// <param name="indices">int32 or int64 in 0 … rows − 1.</param>
        /// <exception cref="ShapeException">This is a scalar, or an index is outside the table.</exception>
        public Tensor Embedding(Tensor indices) => new Gather(Shape.Axis(0, "Embedding"), "Embedding").Apply(this, indices);
    }
}
