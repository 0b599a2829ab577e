using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y[i…, j] = 1 where j = x[i…], else 0.</summary>
    internal sealed record OneHot(int Depth, DType DType) : Unary
    {
        protected override TensorType Infer(Tensor x)
        {
            if (!x.DType.IsInteger()) Fail($"the indices are {x.DType.Name()}; they must be integers.");
            return new([.. x.Shape.Span, Depth], DType);
        }

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.OneHot(x, y);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>A new last axis of size <paramref name="depth"/> with a 1 at the position that this integer tensor names and 0 elsewhere.</summary>
        /// <param name="depth">The number of classes.</param>
        /// <param name="dtype">The type of the result; by default <see cref="Configuration.FloatType"/>.</param>
        /// <exception cref="ShapeException">An element is outside 0 … depth − 1.</exception>
        public Tensor OneHot(int depth, DType? dtype = null) => depth >= 0
            ? new OneHot(depth, dtype ?? Configuration.FloatType).Apply(this)
            : throw new ShapeException($"OneHot: the depth {depth} must be 0 or more.");
    }
}
