using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = aᵇ.</summary>
    internal sealed record Power : ElementwiseBinary
    {
        protected override DType Common(DType a, DType b) => DTypes.Promote(a, b).ToFloating();

        protected override void Run(CpuKernels k, Tensor a, Tensor b, Tensor y) => k.FloatingBinary<Operators.Pow>(a, b, y);

        protected override (Tensor? A, Tensor? B) Gradient(Tensor a, Tensor b, Tensor y, Tensor dy, Needs needs) =>
        (
            // Where the exponent is 0 the power is constant, also at a = 0, where aᵇ⁻¹ is infinite.
            needs[0] ? Tensor.Where(b.EqualTo(0), 0, dy * b * new Power().Apply(a, b - 1)).SumTo(a.Shape) : null,
            // 0ᵇ stays 0 for b ≥ 0, although ln 0 is infinite.
            needs[1] ? Tensor.Where(a.EqualTo(0) & (b >= 0), 0, dy * y * a.Log()).SumTo(b.Shape) : null);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>Elements raised to the powers <paramref name="exponent"/>, with broadcasting; NaN for a negative element and a fractional
        /// exponent. Integers become float32.</summary>
        public Tensor Power(Tensor exponent) => new Power().Promoted(this, exponent);

        /// <summary>Elements raised to a power.</summary>
        public Tensor Power(double exponent) => exponent switch
        {
            2 => Square(),
            1 => this,
            -1 => Reciprocal(),
            _ => new Power().Promoted(this, exponent),
        };
    }
}
