using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = 1/(1 + e⁻ˣ).</summary>
    internal sealed record Sigmoid : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Sigmoid>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => new SigmoidGradient().Apply(y, dy);
    }

    /// <summary>y = ln(1 + eˣ).</summary>
    internal sealed record Softplus : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Softplus>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy * x.Sigmoid();
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The logistic function 1/(1 + e⁻ˣ), element by element.</summary>
        public Tensor Sigmoid() => new Sigmoid().Promoted(this);

        /// <summary>ln(1 + eˣ), element by element, without overflow.</summary>
        public Tensor Softplus() => new Softplus().Promoted(this);
    }
}
