using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Kernels.Reduction;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = max x over a set of axes.</summary>
    internal sealed record Max(AxisSet Axes, bool KeepDims) : Reduction(Axes, KeepDims)
    {
        internal override ElementwiseBinary Combination => new Maximum();

        protected override TensorType Infer(Tensor x)
        {
            var y = Axes.Reduce(x.Shape, KeepDims);
            if (Axes.ReducedSize(x.Shape) == 0 && y.Size > 0) Fail($"there are no elements to choose from in {x.Shape}.");
            return new(y, x.DType);
        }

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.Reduce<Operators.Identity, Reductions.Max>(x, Axes, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => Extreme.Gradient(x, y, dy, Axes);
    }

    /// <summary>y = min x over a set of axes.</summary>
    internal sealed record Min(AxisSet Axes, bool KeepDims) : Reduction(Axes, KeepDims)
    {
        internal override ElementwiseBinary Combination => new Minimum();

        protected override TensorType Infer(Tensor x)
        {
            var y = Axes.Reduce(x.Shape, KeepDims);
            if (Axes.ReducedSize(x.Shape) == 0 && y.Size > 0) Fail($"there are no elements to choose from in {x.Shape}.");
            return new(y, x.DType);
        }

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.Reduce<Operators.Identity, Reductions.Min>(x, Axes, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => Extreme.Gradient(x, y, dy, Axes);
    }

    /// <summary>What the extreme elements have in common.</summary>
    static class Extreme
    {
        /// <summary>The gradient goes to the extreme element; equal ones share it alike.</summary>
        public static Tensor Gradient(Tensor x, Tensor y, Tensor dy, AxisSet axes)
        {
            var kept = axes.Reduce(x.Shape, true);
            var chosen = x.EqualTo(y.Reshape(kept)).Cast(dy.DType);
            var count = new Sum(axes, true).Apply(chosen);
            return dy.Reshape(kept) / count * chosen;
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The greatest element of all elements; NaN if there is one. Equal elements share the gradient.</summary>
        public Tensor Max() => Max([]);

        /// <summary>The greatest element over one axis, which is dropped or kept with size 1; NaN if there is one. Equal elements share the gradient.</summary>
        public Tensor Max(int axis, bool keepDims = false) => Max([axis], keepDims);

        /// <summary>The greatest element over the given axes (none given: all), which are dropped or kept with size 1; NaN if there is one. Equal elements share the gradient.</summary>
        public Tensor Max(ReadOnlySpan<int> axes, bool keepDims = false) => new Max(AxisSet.Of(axes, Shape, "Max"), keepDims).Apply(this);

        /// <summary>The least element of all elements; NaN if there is one. Equal elements share the gradient.</summary>
        public Tensor Min() => Min([]);

        /// <summary>The least element over one axis, which is dropped or kept with size 1; NaN if there is one. Equal elements share the gradient.</summary>
        public Tensor Min(int axis, bool keepDims = false) => Min([axis], keepDims);

        /// <summary>The least element over the given axes (none given: all), which are dropped or kept with size 1; NaN if there is one. Equal elements share the gradient.</summary>
        public Tensor Min(ReadOnlySpan<int> axes, bool keepDims = false) => new Min(AxisSet.Of(axes, Shape, "Min"), keepDims).Apply(this);
    }
}
