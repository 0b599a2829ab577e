using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = a − ⌊a/b⌋·b.</summary>
    internal sealed record Remainder : ElementwiseBinary
    {
        protected override void Run(CpuKernels k, Tensor a, Tensor b, Tensor y) => k.Binary<Operators.Remainder>(a, b, y);

        protected override (Tensor? A, Tensor? B) Gradient(Tensor a, Tensor b, Tensor y, Tensor dy, Needs needs) =>
            (needs[0] ? dy.SumTo(a.Shape) : null, needs[1] ? (-dy * (a / b).Floor()).SumTo(b.Shape) : null);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The remainder of the division by <paramref name="divisor"/>, with its sign, as in Python; of integers by 0, 0.</summary>
        public Tensor Remainder(Tensor divisor) => new Remainder().Promoted(this, divisor);

        /// <summary>The remainder of the division by a number, with its sign, as in Python; of integers by 0, 0.</summary>
        public Tensor Remainder(double divisor) => new Remainder().Promoted(this, divisor);
    }
}
