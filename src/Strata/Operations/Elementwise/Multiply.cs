using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = a · b.</summary>
    internal sealed record Multiply : ElementwiseBinary
    {
        protected override void Run(CpuKernels k, Tensor a, Tensor b, Tensor y) => k.Binary<Operators.Multiply>(a, b, y);

        protected override (Tensor? A, Tensor? B) Gradient(Tensor a, Tensor b, Tensor y, Tensor dy, Needs needs) =>
            (needs[0] ? (dy * b).SumTo(a.Shape) : null, needs[1] ? (dy * a).SumTo(b.Shape) : null);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The product, element by element, with broadcasting.</summary>
        public static Tensor operator *(Tensor a, Tensor b) => new Multiply().Promoted(a, b);

        /// <inheritdoc cref="operator *(Tensor, Tensor)"/>
        public static Tensor operator *(Tensor a, double b) => new Multiply().Promoted(a, b);

        /// <inheritdoc cref="operator *(Tensor, Tensor)"/>
        public static Tensor operator *(double a, Tensor b) => new Multiply().Promoted(a, b);
    }
}
