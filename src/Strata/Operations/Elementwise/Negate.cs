using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = −x.</summary>
    internal sealed record Negate : ElementwiseUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.Unary<Operators.Negate>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => -dy;
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The negative, element by element; of truth values as int32, of uint8 modulo 256.</summary>
        public static Tensor operator -(Tensor x) => new Negate().Apply(x.DType == DType.Bool ? x.Cast(DType.Int32) : x);
    }
}
