using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = ln x.</summary>
    internal sealed record Log : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Log>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy / x;
    }

    /// <summary>y = ln(1 + x).</summary>
    internal sealed record Log1p : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Log1p>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy / (x + 1);
    }

    /// <summary>y = log₂ x.</summary>
    internal sealed record Log2 : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Log2>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy / (x * Math.Log(2));
    }

    /// <summary>y = log₁₀ x.</summary>
    internal sealed record Log10 : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Log10>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy / (x * Math.Log(10));
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The natural logarithm, element by element; −∞ at 0, NaN below.</summary>
        public Tensor Log() => new Log().Promoted(this);

        /// <summary>ln(1 + x), element by element, without cancellation near 0.</summary>
        public Tensor Log1p() => new Log1p().Promoted(this);

        /// <summary>The logarithm to base 2, element by element.</summary>
        public Tensor Log2() => new Log2().Promoted(this);

        /// <summary>The logarithm to base 10, element by element.</summary>
        public Tensor Log10() => new Log10().Promoted(this);
    }
}
