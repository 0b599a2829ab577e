using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = a − b.</summary>
    internal sealed record Subtract : ElementwiseBinary
    {
        protected override void Run(CpuKernels k, Tensor a, Tensor b, Tensor y) => k.Binary<Operators.Subtract>(a, b, y);

        protected override (Tensor? A, Tensor? B) Gradient(Tensor a, Tensor b, Tensor y, Tensor dy, Needs needs) =>
            (needs[0] ? dy.SumTo(a.Shape) : null, needs[1] ? (-dy).SumTo(b.Shape) : null);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The difference, element by element, with broadcasting.</summary>
        public static Tensor operator -(Tensor a, Tensor b) => new Subtract().Promoted(a, b);

        /// <inheritdoc cref="operator -(Tensor, Tensor)"/>
        public static Tensor operator -(Tensor a, double b) => new Subtract().Promoted(a, b);

        /// <inheritdoc cref="operator -(Tensor, Tensor)"/>
        public static Tensor operator -(double a, Tensor b) => new Subtract().Promoted(a, b);
    }
}
