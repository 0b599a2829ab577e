using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>The same values in another type.</summary>
    internal sealed record Cast(DType To) : ElementwiseUnary
    {
        protected override TensorType Infer(Tensor x) => new(x.Shape, To);

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.Cast(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy.Cast(x.DType);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The same values as <paramref name="type"/>. Floats are cut toward zero when they become integers and saturate at the
        /// ends of the range (NaN becomes 0); anything but 0 becomes true.</summary>
        public Tensor Cast(DType type) => DType == type ? this : new Cast(type).Apply(this);
    }
}
