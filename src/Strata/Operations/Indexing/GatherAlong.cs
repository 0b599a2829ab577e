using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>The positions in a flattened tensor that indices name along one axis of Size elements.</summary>
    internal sealed record AlongPositions(int Axis, int Size, string For) : Unary
    {
        public override string Name => For;

        protected override TensorType Infer(Tensor indices)
        {
            if (indices.DType is not (DType.Int32 or DType.Int64)) Fail($"the indices are {indices.DType.Name()}; they must be int32 or int64.");
            return new(indices.Shape, DType.Int64);
        }

        protected override void Run(CpuKernels k, Tensor indices, Tensor y) => k.AlongPositions(Name, indices, Axis, Size, y);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>Along <paramref name="axis"/>, for every position of the other axes, the elements that <paramref name="indices"/> name
        /// there: for axis 1, y[i, j] = x[i, indices[i, j]]. NumPy's take_along_axis.</summary>
        /// <param name="indices">int32 or int64, this tensor's shape but for the size of the axis.</param>
        /// <param name="axis">The axis to choose along.</param>
        /// <exception cref="ShapeException">The shapes differ in another axis, or an index is outside the axis.</exception>
        public Tensor GatherAlong(Tensor indices, int axis)
        {
            var at = CheckAlong("GatherAlong", indices, axis);
            return new Gather(0, "GatherAlong").Apply(Flatten(), new AlongPositions(at, Shape[at], "GatherAlong").Apply(indices));
        }

        /// <summary>A copy to which <paramref name="updates"/> are added at the elements that <paramref name="indices"/> name along
        /// <paramref name="axis"/>; for axis 1, y[i, indices[i, j]] += updates[i, j]. Repeated indices accumulate.</summary>
        /// <param name="indices">int32 or int64, this tensor's shape but for the size of the axis.</param>
        /// <param name="updates">The indices' shape.</param>
        /// <param name="axis">The axis to add along.</param>
        /// <exception cref="ShapeException">The shapes do not fit, or an index is outside the axis.</exception>
        public Tensor ScatterAddAlong(Tensor indices, Tensor updates, int axis)
        {
            var at = CheckAlong("ScatterAddAlong", indices, axis);
            if (updates.Shape != indices.Shape) throw new ShapeException($"ScatterAddAlong: the updates are {updates.Shape} but the indices {indices.Shape}; they must have one shape.");
            var positions = new AlongPositions(at, Shape[at], "ScatterAddAlong").Apply(indices);
            var sum = new ScatterSum(0, checked((int)Size), 1, "ScatterAddAlong").Apply(updates.Flatten(), positions.Flatten());
            return this + sum.Reshape(Shape);
        }

        int CheckAlong(string operation, Tensor indices, int axis)
        {
            var at = Shape.Axis(axis, operation);
            if (indices.Rank != Rank || indices.Shape.Without(at) != Shape.Without(at))
                throw new ShapeException($"{operation}: the indices {indices.Shape} and {Shape} differ in more than axis {at}.");
            return at;
        }
    }
}
