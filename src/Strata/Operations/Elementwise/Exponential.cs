using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = eˣ.</summary>
    internal sealed record Exp : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Exp>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy * y;
    }

    /// <summary>y = 2ˣ.</summary>
    internal sealed record Exp2 : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Exp2>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy * y * Math.Log(2);
    }

    /// <summary>y = eˣ − 1.</summary>
    internal sealed record Expm1 : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Expm1>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy * (y + 1);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>eˣ, element by element.</summary>
        public Tensor Exp() => new Exp().Promoted(this);

        /// <summary>2ˣ, element by element.</summary>
        public Tensor Exp2() => new Exp2().Promoted(this);

        /// <summary>eˣ − 1, element by element, without cancellation near 0.</summary>
        public Tensor Expm1() => new Expm1().Promoted(this);
    }
}
