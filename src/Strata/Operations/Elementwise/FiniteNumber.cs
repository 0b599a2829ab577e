using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = x, one number, which must be finite: otherwise the computation stops, and in a plan before any variable is changed.</summary>
    internal sealed record FiniteNumber : Unary
    {
        internal override bool HasEffect => true;

        protected override TensorType Infer(Tensor x)
        {
            if (x.Size != 1) Fail($"it checks one number, but {x.Shape} has {x.Size}.");
            return x.Type;
        }

        protected override void Run(CpuKernels k, Tensor x, Tensor y)
        {
            if (x.At(0) is var value && !double.IsFinite(value)) throw new NotFiniteException(value);
            CpuKernels.CopyBytes(x, y);
        }

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy;
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The same number, which must be finite: a loss whose step must not be made otherwise. In a compiled function the check comes
        /// before any change of a variable.</summary>
        /// <exception cref="NotFiniteException">It is NaN or infinite.</exception>
        public Tensor RequireFinite() => new FiniteNumber().Apply(this);
    }
}
