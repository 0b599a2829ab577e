using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Kernels.Reduction;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = whether any of x holds, over a set of axes.</summary>
    internal sealed record Any(AxisSet Axes, bool KeepDims) : Reduction(Axes, KeepDims)
    {
        internal override ElementwiseBinary Combination => new Or();

        protected override TensorType Infer(Tensor x) => new(Axes.Reduce(x.Shape, KeepDims), DType.Bool);

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.Reduce<Operators.Identity, Reductions.Max>(x, Axes, y);
    }

    /// <summary>y = whether all of x hold, over a set of axes.</summary>
    internal sealed record All(AxisSet Axes, bool KeepDims) : Reduction(Axes, KeepDims)
    {
        internal override ElementwiseBinary Combination => new And();

        protected override TensorType Infer(Tensor x) => new(Axes.Reduce(x.Shape, KeepDims), DType.Bool);

        protected override void Run(CpuKernels k, Tensor x, Tensor y)
        {
            if (x.Size == 0) k.Fill(y, 1);
            else k.Reduce<Operators.Identity, Reductions.Min>(x, Axes, y);
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>Whether any element is true, or not 0.</summary>
        public Tensor Any() => Any([]);

        /// <summary>Whether any element is true, or not 0, over one axis, which is dropped or kept with size 1.</summary>
        public Tensor Any(int axis, bool keepDims = false) => Any([axis], keepDims);

        /// <summary>Whether any element is true, or not 0, over the given axes (none given: all), which are dropped or kept with size 1.</summary>
        public Tensor Any(ReadOnlySpan<int> axes, bool keepDims = false) => new Any(AxisSet.Of(axes, Shape, "Any"), keepDims).Apply(Cast(DType.Bool));

        /// <summary>Whether every element is true, or not 0.</summary>
        public Tensor All() => All([]);

        /// <summary>Whether every element is true, or not 0, over one axis, which is dropped or kept with size 1.</summary>
        public Tensor All(int axis, bool keepDims = false) => All([axis], keepDims);

        /// <summary>Whether every element is true, or not 0, over the given axes (none given: all), which are dropped or kept with size 1.</summary>
        public Tensor All(ReadOnlySpan<int> axes, bool keepDims = false) => new All(AxisSet.Of(axes, Shape, "All"), keepDims).Apply(Cast(DType.Bool));
    }
}
