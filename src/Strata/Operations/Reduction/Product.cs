using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Kernels.Reduction;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = ∏ x over a set of axes.</summary>
    internal sealed record Product(AxisSet Axes, bool KeepDims) : Reduction(Axes, KeepDims)
    {
        internal override ElementwiseBinary Combination => new Multiply();

        protected override TensorType Infer(Tensor x) => new(Axes.Reduce(x.Shape, KeepDims), x.DType);

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.Reduce<Operators.Identity, Reductions.Product>(x, Axes, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy)
        {
            // The product of the others, which y/x is not where an element is 0: those before times those after, along one axis.
            var (flat, restore) = Trailing.Gather(x, Axes);
            var others = flat.CumulativeProduct(-1, exclusive: true) * flat.CumulativeProduct(-1, exclusive: true, reverse: true);
            return restore(others) * dy.Reshape(Axes.Reduce(x.Shape, true));
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The product of all elements.</summary>
        public Tensor Product() => Product([]);

        /// <summary>The product over one axis, which is dropped or kept with size 1.</summary>
        public Tensor Product(int axis, bool keepDims = false) => Product([axis], keepDims);

        /// <summary>The product over the given axes (none given: all), which are dropped or kept with size 1.</summary>
        public Tensor Product(ReadOnlySpan<int> axes, bool keepDims = false) =>
            new Product(AxisSet.Of(axes, Shape, "Product"), keepDims).Apply(DType.IsFloating() ? this : Cast(DType.Int64));
    }
}
