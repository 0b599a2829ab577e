using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = max(a, b).</summary>
    internal sealed record Maximum : ElementwiseBinary
    {
        protected override void Run(CpuKernels k, Tensor a, Tensor b, Tensor y) => k.Binary<Operators.Maximum>(a, b, y);

        protected override (Tensor? A, Tensor? B) Gradient(Tensor a, Tensor b, Tensor y, Tensor dy, Needs needs) => Share(a > b, a, b, dy, needs);

        /// <summary>The gradient goes to the operand that was chosen; equal ones halve it.</summary>
        public static (Tensor? A, Tensor? B) Share(Tensor first, Tensor a, Tensor b, Tensor dy, Needs needs)
        {
            var share = Tensor.Where(a.EqualTo(b), Tensor.Scalar(0.5, dy.DType), first.Cast(dy.DType));
            return (needs[0] ? (dy * share).SumTo(a.Shape) : null, needs[1] ? (dy * (1 - share)).SumTo(b.Shape) : null);
        }
    }

    /// <summary>y = min(a, b).</summary>
    internal sealed record Minimum : ElementwiseBinary
    {
        protected override void Run(CpuKernels k, Tensor a, Tensor b, Tensor y) => k.Binary<Operators.Minimum>(a, b, y);

        protected override (Tensor? A, Tensor? B) Gradient(Tensor a, Tensor b, Tensor y, Tensor dy, Needs needs) => Maximum.Share(a < b, a, b, dy, needs);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The greater of two elements, with broadcasting; NaN if either is. Equal elements share the gradient.</summary>
        public static Tensor Maximum(Tensor a, Tensor b) => new Maximum().Promoted(a, b);

        /// <summary>The greater of an element and a number; NaN stays.</summary>
        public static Tensor Maximum(Tensor a, double b) => new Maximum().Promoted(a, b);

        /// <summary>The lesser of two elements, with broadcasting; NaN if either is. Equal elements share the gradient.</summary>
        public static Tensor Minimum(Tensor a, Tensor b) => new Minimum().Promoted(a, b);

        /// <summary>The lesser of an element and a number; NaN stays.</summary>
        public static Tensor Minimum(Tensor a, double b) => new Minimum().Promoted(a, b);
    }
}
