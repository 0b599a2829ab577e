using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>The positions of the first Count elements along an axis in sorted order.</summary>
    internal sealed record ArgSort(int Axis, bool Descending, int Count) : Unary
    {
        protected override TensorType Infer(Tensor x) => new(x.Shape.With(Axis, Count), DType.Int64);

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.ArgSort(x, Axis, Descending, y);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The positions (int64) that sort each line along <paramref name="axis"/>. Equal elements keep their order; NaN comes last
        /// in both directions.</summary>
        public Tensor ArgSort(int axis = -1, bool descending = false)
        {
            var at = Shape.Axis(axis, "ArgSort");
            return new ArgSort(at, descending, Shape[at]).Apply(this);
        }

        /// <summary>Each line along <paramref name="axis"/> sorted. Equal elements keep their order; NaN comes last in both directions. The
        /// gradient goes back to where each element came from.</summary>
        public Tensor Sort(int axis = -1, bool descending = false)
        {
            var at = Shape.Axis(axis, "Sort");
            return GatherAlong(ArgSort(at, descending), at);
        }

        /// <summary>The <paramref name="k"/> largest elements of each line along <paramref name="axis"/>, in descending order, and their
        /// positions (int64). Of equal elements the first count first; NaN counts as smallest.</summary>
        /// <param name="k">How many, at most the size of the axis.</param>
        /// <param name="axis">The axis to choose along.</param>
        /// <param name="largest">False: the smallest, in ascending order; NaN counts as largest.</param>
        /// <exception cref="ShapeException">The axis has fewer than k elements.</exception>
        public (Tensor Values, Tensor Indices) TopK(int k, int axis = -1, bool largest = true)
        {
            var at = Shape.Axis(axis, "TopK");
            if (k < 0 || k > Shape[at]) throw new ShapeException($"TopK: {k} elements were asked for, but axis {at} of {Shape} has {Shape[at]}.");
            var indices = new ArgSort(at, largest, k).Apply(this);
            return (GatherAlong(indices, at), indices);
        }
    }
}
