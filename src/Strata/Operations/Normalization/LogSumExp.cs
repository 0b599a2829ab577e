using Strata.Kernels;
using Strata.Kernels.Normalization;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = ln Σⱼ e^xⱼ over the last axis, which is dropped.</summary>
    internal sealed record LogSumExp : Unary
    {
        protected override TensorType Infer(Tensor x) => new(x.Shape[..^1], x.DType);

        protected override void Run(CpuKernels k, Tensor x, Tensor y)
        {
            if (x.Shape[^1] == 0) k.Fill(y, double.NegativeInfinity);
            else k.Softmax(SoftmaxResult.LogSum, x, y);
        }

        // Not exp(x − y): y is rounded to its own size, which for large x leaves few digits of the difference.
        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => x.Softmax() * dy.Reshape([.. y.Shape.Span, 1]);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>ln Σ eˣ of all elements.</summary>
        public Tensor LogSumExp() => LogSumExp([]);

        /// <summary>ln Σ eˣ over one axis, which is dropped or kept with size 1.</summary>
        public Tensor LogSumExp(int axis, bool keepDims = false) => LogSumExp([axis], keepDims);

        /// <summary>ln Σ eˣ over the given axes (none given: all), which are dropped or kept with size 1, without overflow; −∞ for no elements.</summary>
        public Tensor LogSumExp(ReadOnlySpan<int> axes, bool keepDims = false)
        {
            var set = AxisSet.Of(axes, Shape, "LogSumExp");
            var x = Cast(DType.ToFloating());
            return new LogSumExp().Apply(Trailing.Gather(x, set).Flat).Reshape(set.Reduce(Shape, keepDims));
        }
    }
}
