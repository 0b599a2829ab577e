using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = ln |Γ(x)|.</summary>
    internal sealed record LogGamma : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.LogGamma>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy * new Polygamma(0).Apply(x);
    }

    /// <summary>y = the derivative of order <paramref name="Order"/> + 1 of ln Γ(x).</summary>
    internal sealed record Polygamma(int Order) : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary(x, y, new Operators.Polygamma(Order));

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy * new Polygamma(Order + 1).Apply(x);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>ln |Γ(x)|, element by element; ∞ at 0, −1, −2, …</summary>
        public Tensor LogGamma() => new LogGamma().Promoted(this);

        /// <summary>The derivative of <see cref="LogGamma"/>, element by element; NaN at 0, −1, −2, …</summary>
        public Tensor Digamma() => new Polygamma(0).Promoted(this);
    }
}
