using Strata.Kernels;
using Strata.Kernels.Reduction;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>The position of the greatest element along an axis.</summary>
    internal sealed record ArgMax(int Axis, bool KeepDims) : Unary
    {
        protected override TensorType Infer(Tensor x) => x.Shape[Axis] > 0
            ? new(KeepDims ? x.Shape.With(Axis, 1) : x.Shape.Without(Axis), DType.Int64)
            : throw new ShapeException($"{Name}: axis {Axis} of {x.Shape} is empty.");

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.ArgReduce<Reductions.Max>(x, Axis, y);
    }

    /// <summary>The position of the least element along an axis.</summary>
    internal sealed record ArgMin(int Axis, bool KeepDims) : Unary
    {
        protected override TensorType Infer(Tensor x) => x.Shape[Axis] > 0
            ? new(KeepDims ? x.Shape.With(Axis, 1) : x.Shape.Without(Axis), DType.Int64)
            : throw new ShapeException($"{Name}: axis {Axis} of {x.Shape} is empty.");

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.ArgReduce<Reductions.Min>(x, Axis, y);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The position (int64) of the greatest element in row-major order.</summary>
        public Tensor ArgMax() => Reshape([checked((int)Size)]).ArgMax(0);

        /// <summary>The position (int64) of the greatest element along <paramref name="axis"/>, which is dropped or kept with size 1: the first of
        /// equals, and the first NaN if there is one.</summary>
        /// <exception cref="ShapeException">The axis does not exist or is empty.</exception>
        public Tensor ArgMax(int axis, bool keepDims = false) => new ArgMax(Shape.Axis(axis, "ArgMax"), keepDims).Apply(this);

        /// <summary>The position (int64) of the least element in row-major order.</summary>
        public Tensor ArgMin() => Reshape([checked((int)Size)]).ArgMin(0);

        /// <summary>The position (int64) of the least element along <paramref name="axis"/>, which is dropped or kept with size 1: the first of
        /// equals, and the first NaN if there is one.</summary>
        /// <exception cref="ShapeException">The axis does not exist or is empty.</exception>
        public Tensor ArgMin(int axis, bool keepDims = false) => new ArgMin(Shape.Axis(axis, "ArgMin"), keepDims).Apply(this);
    }
}
