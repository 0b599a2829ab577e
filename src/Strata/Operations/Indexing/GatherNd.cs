using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>The row-major positions in a tensor of Shape of points given by their coordinates: [.., rank] → [..].</summary>
    internal sealed record PointPositions(Shape Shape, string For) : Unary
    {
        public override string Name => For;

        protected override TensorType Infer(Tensor points) => new(points.Shape[..^1], DType.Int64);

        protected override void Run(CpuKernels k, Tensor points, Tensor y) => k.PointPositions(Name, points, Shape, y);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The entries at points: with <paramref name="indices"/> [.., k], each row the coordinates of an entry in the first k axes,
        /// the result is [.., the other axes of this tensor].</summary>
        /// <param name="indices">int32 or int64.</param>
        /// <exception cref="ShapeException">A point has more coordinates than this tensor axes, or lies outside.</exception>
        public Tensor GatherNd(Tensor indices)
        {
            var k = CheckPoints("GatherNd", indices, Shape);
            var rows = Reshape([checked((int)Shape[..k].Size), .. Shape.Span[k..]]);
            return new Gather(0, "GatherNd").Apply(rows, new PointPositions(Shape[..k], "GatherNd").Apply(indices));
        }

        /// <summary>Zeros of <paramref name="shape"/> to which <paramref name="updates"/> are added at points: the adjoint of
        /// <see cref="GatherNd"/>. Points that stand more than once accumulate, in order.</summary>
        /// <param name="indices">int32 or int64 [.., k]; each row the coordinates of an entry in the first k axes.</param>
        /// <param name="updates">[.., the other axes of the result].</param>
        /// <param name="shape">The shape of the result.</param>
        /// <exception cref="ShapeException">The shapes do not fit, or a point lies outside.</exception>
        public static Tensor ScatterNd(Tensor indices, Tensor updates, Shape shape)
        {
            var k = CheckPoints("ScatterNd", indices, shape);
            var fitting = indices.Shape[..^1].Concat(shape[k..]);
            if (updates.Shape != fitting) throw new ShapeException($"ScatterNd: the updates are {updates.Shape}; for indices {indices.Shape} into {shape} they must be {fitting}.");
            var positions = new PointPositions(shape[..k], "ScatterNd").Apply(indices);
            return new ScatterSum(0, checked((int)shape[..k].Size), positions.Rank, "ScatterNd").Apply(updates, positions).Reshape(shape);
        }

        static int CheckPoints(string operation, Tensor indices, Shape shape)
        {
            if (indices.DType is not (DType.Int32 or DType.Int64)) throw new ShapeException($"{operation}: the indices are {indices.DType.Name()}; they must be int32 or int64.");
            if (indices.Rank == 0 || indices.Shape[^1] > shape.Rank)
                throw new ShapeException($"{operation}: the indices {indices.Shape} must be [.., k] with k coordinates for the first k of the {shape.Rank} axes of {shape}.");
            return indices.Shape[^1];
        }
    }
}
