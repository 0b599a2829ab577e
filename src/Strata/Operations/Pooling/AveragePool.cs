using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>The mean of each window.</summary>
    internal sealed record AveragePool(PoolingSettings Settings, bool CountPadding) : Unary
    {
        protected override TensorType Infer(Tensor x) => Settings.Infer(Name, x);

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.AveragePool(Settings, x, y, CountPadding);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => new AveragePoolGradient(Settings, CountPadding, x.Shape).Apply(dy);
    }

    /// <summary>The adjoint of <see cref="AveragePool"/>: each element of dy shared out over its window.</summary>
    internal sealed record AveragePoolGradient(PoolingSettings Settings, bool CountPadding, Shape Input) : Unary
    {
        protected override TensorType Infer(Tensor dy) => new(Input, dy.DType);

        protected override void Run(CpuKernels k, Tensor dy, Tensor dx) => k.AveragePoolGradient(Settings, dy, dx, CountPadding);

        protected override Tensor? Gradient(Tensor dy, Tensor dx, Tensor u) => new AveragePool(Settings, CountPadding).Apply(u);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The mean of each window over one, two or three spatial axes, channel by channel: [n, spatial…, c] → [n, spatial'…, c].</summary>
        /// <param name="window">The sizes of the window, one a spatial axis.</param>
        /// <param name="strides">Steps of the window: none (the window's sizes), one for all axes, or one each.</param>
        /// <param name="padding">How borders are treated.</param>
        /// <param name="countPadding">Whether to divide by the window's size at borders, too, instead of by the number of real elements.</param>
        /// <exception cref="ShapeException">Axes or sizes do not fit, or the elements are not floating-point.</exception>
        public Tensor AveragePool(ReadOnlySpan<int> window, ReadOnlySpan<int> strides, Padding padding, bool countPadding = false) =>
            new AveragePool(PoolingSettings.Of("AveragePool", Shape, window, strides, padding), countPadding).Apply(this);

        /// <summary>The mean of each channel over all spatial axes: [n, spatial…, c] → [n, c].</summary>
        /// <exception cref="ShapeException">There is no spatial axis.</exception>
        public Tensor GlobalAveragePool() => Mean(SpatialAxes("GlobalAveragePool"));
    }
}
