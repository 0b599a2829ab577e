using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = √x.</summary>
    internal sealed record Sqrt : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Sqrt>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy / y * 0.5;
    }

    /// <summary>y = 1/√x.</summary>
    internal sealed record Rsqrt : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Rsqrt>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy * y * y.Square() * -0.5;
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The square root, element by element; NaN below 0.</summary>
        public Tensor Sqrt() => new Sqrt().Promoted(this);

        /// <summary>1/√x, element by element.</summary>
        public Tensor Rsqrt() => new Rsqrt().Promoted(this);
    }
}
