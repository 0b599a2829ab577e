using Strata.Differentiation;
using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = max(x, 0).</summary>
    internal sealed record Relu : ElementwiseUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.Unary<Operators.Relu>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => ReluRules.Current switch
        {
            ReluRule.Deconvolution => dy.Relu(),
            ReluRule.Guided => new ReluGradient().Apply(y, dy.Relu()),
            _ => new ReluGradient().Apply(y, dy),
        };
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>0 where an element is negative, else the element; NaN stays. The gradient at 0 is 0.</summary>
        public Tensor Relu() => new Relu().Apply(this);
    }
}
