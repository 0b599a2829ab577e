using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = |x|.</summary>
    internal sealed record Abs : ElementwiseUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.Unary<Operators.Abs>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy * x.Sign();
    }

    /// <summary>y = −1, 0 or 1.</summary>
    internal sealed record Sign : ElementwiseUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.Unary<Operators.Sign>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => null;
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The absolute value, element by element. Its gradient at 0 is 0.</summary>
        public Tensor Abs() => new Abs().Apply(this);

        /// <summary>−1, 0 or 1 after the sign of each element; NaN stays.</summary>
        public Tensor Sign() => new Sign().Apply(this);
    }
}
