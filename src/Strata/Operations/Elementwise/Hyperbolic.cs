using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = sinh x.</summary>
    internal sealed record Sinh : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Sinh>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy * x.Cosh();
    }

    /// <summary>y = cosh x.</summary>
    internal sealed record Cosh : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Cosh>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy * x.Sinh();
    }

    /// <summary>y = tanh x.</summary>
    internal sealed record Tanh : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Tanh>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => new TanhGradient().Apply(y, dy);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The hyperbolic sine, element by element.</summary>
        public Tensor Sinh() => new Sinh().Promoted(this);

        /// <summary>The hyperbolic cosine, element by element.</summary>
        public Tensor Cosh() => new Cosh().Promoted(this);

        /// <summary>The hyperbolic tangent, element by element.</summary>
        public Tensor Tanh() => new Tanh().Promoted(this);
    }
}
