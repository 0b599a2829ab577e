using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = min(max(x, low), high).</summary>
    internal sealed record Clip(double Low, double High) : ElementwiseUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.Unary(x, y, new Operators.Clip(Low, High));

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => new ClipGradient(Low, High).Apply(x, dy);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The elements with those below <paramref name="low"/> and above <paramref name="high"/> replaced by these bounds; NaN stays.
        /// The gradient passes where an element was not replaced.</summary>
        /// <exception cref="ShapeException"><paramref name="low"/> is above <paramref name="high"/>.</exception>
        public Tensor Clip(double low, double high) => low <= high
            ? new Clip(low, high).Apply(this)
            : throw new ShapeException($"Clip: the lower bound {low} is above the upper bound {high}.");
    }
}
