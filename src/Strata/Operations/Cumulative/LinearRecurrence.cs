using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>yᵢ = aᵢ yᵢ₋₁ + bᵢ along one axis with y₀ = b₀; from the end if reversed.</summary>
    internal sealed record LinearRecurrence(int Axis, bool Reverse) : Binary
    {
        protected override TensorType Infer(Tensor a, Tensor b) => b.Type;

        protected override void Run(CpuKernels k, Tensor a, Tensor b, Tensor y) => k.LinearRecurrence(a, b, Axis, Reverse, y);

        // With λᵢ = dL/dyᵢ counting all later steps: λᵢ = dyᵢ + aᵢ₊₁ λᵢ₊₁, dL/dbᵢ = λᵢ, dL/daᵢ = λᵢ yᵢ₋₁. No division: valid at zeros.
        protected override (Tensor? A, Tensor? B) Gradient(Tensor a, Tensor b, Tensor y, Tensor dy, Needs needs)
        {
            var forward = Reverse ? -1 : 1;
            var adjoint = new LinearRecurrence(Axis, !Reverse).Apply(a.Shifted(Axis, -forward, 0), dy);
            return (needs[0] ? adjoint * y.Shifted(Axis, forward, 0) : null, needs[1] ? adjoint : null);
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>yᵢ = aᵢ yᵢ₋₁ + bᵢ along <paramref name="axis"/>, with y₀ = b₀: discounted sums, exponential averages, λ-returns.</summary>
        /// <param name="a">The factors; broadcast to b. The first is not used.</param>
        /// <param name="b">The terms; their shape is the result's.</param>
        /// <param name="axis">The axis to run along.</param>
        /// <param name="reverse">Whether to run from the end: yᵢ = aᵢ yᵢ₊₁ + bᵢ.</param>
        public static Tensor LinearRecurrence(Tensor a, Tensor b, int axis, bool reverse = false)
        {
            var at = b.Shape.Axis(axis, "LinearRecurrence");
            var type = DTypes.Promote(a.DType, b.DType);
            if (type <= DType.UInt8) type = DType.Int64;
            return new LinearRecurrence(at, reverse).Apply(a.Cast(type).BroadcastTo(b.Shape), b.Cast(type));
        }

        /// <summary>The running product along <paramref name="axis"/>. Its gradients, of any order, hold at zeros too. Truth values and
        /// uint8 are multiplied in int64.</summary>
        /// <param name="axis">The axis to run along.</param>
        /// <param name="exclusive">Whether each product leaves out its own element: 1, x₀, x₀x₁, …</param>
        /// <param name="reverse">Whether to run from the end.</param>
        public Tensor CumulativeProduct(int axis, bool exclusive = false, bool reverse = false)
        {
            var at = Shape.Axis(axis, "CumulativeProduct");
            var size = Shape[at];
            if (size == 0) return this;
            var first = Extent.Along(Shape, at, new Extent(reverse ? size - 1 : 0, 1));
            var start = new PlaceSlice(Shape, first, 0).Apply(new Slice(first).Apply(this));
            var product = LinearRecurrence(this, start, at, reverse);
            return exclusive ? product.Shifted(at, reverse ? -1 : 1, 1) : product;
        }
    }
}
