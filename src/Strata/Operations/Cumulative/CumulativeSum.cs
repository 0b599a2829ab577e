using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>yᵢ = x₀ + … + xᵢ along one axis, or xᵢ + … + xₙ₋₁ if reversed.</summary>
    internal sealed record CumulativeSum(int Axis, bool Reverse) : Unary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.CumulativeSum(x, Axis, Reverse, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => new CumulativeSum(Axis, !Reverse).Apply(dy);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The running sum along <paramref name="axis"/>. Truth values and uint8 are counted in int64; float32 is summed in double.</summary>
        /// <param name="axis">The axis to run along.</param>
        /// <param name="exclusive">Whether each sum leaves out its own element: 0, x₀, x₀ + x₁, …</param>
        /// <param name="reverse">Whether to run from the end.</param>
        public Tensor CumulativeSum(int axis, bool exclusive = false, bool reverse = false)
        {
            var at = Shape.Axis(axis, "CumulativeSum");
            var sum = new CumulativeSum(at, reverse).Apply(DType <= DType.UInt8 ? Cast(DType.Int64) : this);
            return exclusive ? sum.Shifted(at, reverse ? -1 : 1, 0) : sum;
        }

        /// <summary>The entries along an axis moved by one place; the one that leaves is lost, the place that becomes free is filled.</summary>
        internal Tensor Shifted(int axis, int by, double fill)
        {
            var size = Shape[axis];
            if (size == 0) return this;
            var (kept, place) = by > 0 ? (new Extent(0, size - 1), new Extent(1, size - 1)) : (new Extent(1, size - 1), new Extent(0, size - 1));
            return new PlaceSlice(Shape, Extent.Along(Shape, axis, place), fill).Apply(new Slice(Extent.Along(Shape, axis, kept)).Apply(this));
        }
    }
}
