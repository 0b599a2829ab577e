using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = erf x.</summary>
    internal sealed record Erf : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Erf>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy * (-x.Square()).Exp() * (2 / Math.Sqrt(Math.PI));
    }

    /// <summary>y = erfc x.</summary>
    internal sealed record Erfc : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Erfc>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy * (-x.Square()).Exp() * (-2 / Math.Sqrt(Math.PI));
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The error function 2/√π ∫₀ˣ e^(−t²) dt, element by element.</summary>
        public Tensor Erf() => new Erf().Promoted(this);

        /// <summary>1 − erf x, element by element, to full relative accuracy in the upper tail.</summary>
        public Tensor Erfc() => new Erfc().Promoted(this);
    }
}
