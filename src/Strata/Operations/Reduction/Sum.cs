using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Kernels.Reduction;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = Σ x over a set of axes.</summary>
    internal sealed record Sum(AxisSet Axes, bool KeepDims) : Reduction(Axes, KeepDims)
    {
        internal override ElementwiseBinary Combination => new Add();

        protected override TensorType Infer(Tensor x) => new(Axes.Reduce(x.Shape, KeepDims), x.DType);

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.Reduce<Operators.Identity, Reductions.Sum>(x, Axes, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy.Reshape(Axes.Reduce(x.Shape, true)).BroadcastTo(x.Shape);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The sum of all elements. Integers and truth values are added in int64.</summary>
        public Tensor Sum() => Sum([]);

        /// <summary>The sum over one axis, which is dropped or kept with size 1.</summary>
        public Tensor Sum(int axis, bool keepDims = false) => Sum([axis], keepDims);

        /// <summary>The sum over the given axes (none given: all), which are dropped or kept with size 1.</summary>
        public Tensor Sum(ReadOnlySpan<int> axes, bool keepDims = false) =>
            new Sum(AxisSet.Of(axes, Shape, "Sum"), keepDims).Apply(DType.IsFloating() ? this : Cast(DType.Int64));

        /// <summary>The sum over the axes along which <paramref name="shape"/> was broadcast to this tensor's shape: the adjoint of <see cref="BroadcastTo"/>.</summary>
        public Tensor SumTo(Shape shape)
        {
            if (Shape == shape) return this;
            var bits = 0u;
            for (var i = 1; i <= Rank; i++)
                if (i > shape.Rank || (shape[^i] == 1 && Shape[^i] != 1)) bits |= 1u << (Rank - i);
            var summed = bits == 0 ? this : new Sum(new AxisSet(bits), KeepDims: true).Apply(this);
            return summed.Reshape(shape);
        }
    }
}
