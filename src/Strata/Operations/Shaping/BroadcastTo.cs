using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>x repeated along axes of size 1 and new leading axes.</summary>
    internal sealed record BroadcastTo(Shape Shape) : Unary
    {
        protected override TensorType Infer(Tensor x)
        {
            if (x.Rank > Shape.Rank || Shape.Broadcast(x.Shape, Shape, Name) != Shape) Fail($"{x.Shape} does not broadcast to {Shape}.");
            return new(Shape, x.DType);
        }

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.Broadcast(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy.SumTo(x.Shape);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>This tensor broadcast to <paramref name="shape"/> by NumPy's rule.</summary>
        public Tensor BroadcastTo(Shape shape) => Shape == shape ? this : new BroadcastTo(shape).Apply(this);
    }
}
