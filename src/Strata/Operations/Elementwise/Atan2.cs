using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>z = the angle of the point (x, y).</summary>
    internal sealed record Atan2 : ElementwiseBinary
    {
        protected override DType Common(DType a, DType b) => DTypes.Promote(a, b).ToFloating();

        protected override void Run(CpuKernels k, Tensor y, Tensor x, Tensor z) => k.FloatingBinary<Operators.Atan2>(y, x, z);

        protected override (Tensor? A, Tensor? B) Gradient(Tensor y, Tensor x, Tensor z, Tensor dz, Needs needs)
        {
            var scaled = dz / (x.Square() + y.Square());
            return (needs[0] ? (scaled * x).SumTo(y.Shape) : null, needs[1] ? (-scaled * y).SumTo(x.Shape) : null);
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The angle of the point (<paramref name="x"/>, <paramref name="y"/>) in radians, in [−π, π], with broadcasting.</summary>
        public static Tensor Atan2(Tensor y, Tensor x) => new Atan2().Promoted(y, x);
    }
}
