using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = x².</summary>
    internal sealed record Square : ElementwiseUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.Unary<Operators.Square>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy * x * 2;
    }

    /// <summary>y = 1/x.</summary>
    internal sealed record Reciprocal : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Reciprocal>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => -dy * y.Square();
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>x², element by element.</summary>
        public Tensor Square() => new Square().Apply(this);

        /// <summary>1/x, element by element.</summary>
        public Tensor Reciprocal() => new Reciprocal().Promoted(this);
    }
}
