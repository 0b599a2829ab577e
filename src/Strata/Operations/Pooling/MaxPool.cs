using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>The largest element of each window; padding counts as −∞ and NaN wins.</summary>
    internal sealed record MaxPool(PoolingSettings Settings) : Unary
    {
        protected override TensorType Infer(Tensor x) => Settings.Infer(Name, x);

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.MaxPool(Settings, x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => new MaxPoolGradient(Settings).Apply(x, dy);
    }

    /// <summary>Each element of dy at the place of the first maximum of its window in x.</summary>
    internal sealed record MaxPoolGradient(PoolingSettings Settings) : Binary
    {
        protected override TensorType Infer(Tensor x, Tensor dy) => x.Type;

        protected override void Run(CpuKernels k, Tensor x, Tensor dy, Tensor dx) => k.MaxPoolGradient(Settings, x, dy, dx);

        // Linear in dy; the places do not move with x.
        protected override (Tensor? A, Tensor? B) Gradient(Tensor x, Tensor dy, Tensor dx, Tensor u, Needs needs) =>
            (null, needs[1] ? u.Flatten().Gather(new MaxPoolPlaces(Settings).Apply(x)) : null);
    }

    /// <summary>Where the first maximum of each window is: the position in x, row-major, int64.</summary>
    internal sealed record MaxPoolPlaces(PoolingSettings Settings) : Unary
    {
        protected override TensorType Infer(Tensor x) => new(Settings.Infer(Name, x).Shape, DType.Int64);

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.MaxPoolPlaces(Settings, x, y);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The largest element of each window over one, two or three spatial axes, channel by channel: [n, spatial…, c] → [n, spatial'…, c].
        /// Padding counts as −∞. The gradient goes to the first maximum of a window.</summary>
        /// <param name="window">The sizes of the window, one a spatial axis.</param>
        /// <param name="strides">Steps of the window: none (the window's sizes), one for all axes, or one each.</param>
        /// <param name="padding">How borders are treated.</param>
        /// <exception cref="ShapeException">Axes or sizes do not fit, or the elements are not floating-point.</exception>
        public Tensor MaxPool(ReadOnlySpan<int> window, ReadOnlySpan<int> strides, Padding padding) =>
            new MaxPool(PoolingSettings.Of("MaxPool", Shape, window, strides, padding)).Apply(this);

        /// <summary>Unpooling by switches: each element goes back to where <see cref="MaxPool(ReadOnlySpan{int}, ReadOnlySpan{int}, Padding)"/> found the (first) maximum
        /// of its window in <paramref name="x"/>, and zeros are elsewhere (Zeiler and Fergus 2013, section 2.1); what windows that overlap send to one place is added.</summary>
        /// <param name="x">What was pooled: [n, spatial…, c]; its pooled shape is this tensor's.</param>
        /// <param name="window">The sizes of the window, one a spatial axis.</param>
        /// <param name="strides">Steps of the window: none (the window's sizes), one for all axes, or one each.</param>
        /// <param name="padding">How borders were treated.</param>
        /// <exception cref="ShapeException">Axes or sizes do not fit, or the elements are not floating-point.</exception>
        public Tensor MaxUnpool(Tensor x, ReadOnlySpan<int> window, ReadOnlySpan<int> strides, Padding padding)
        {
            var settings = PoolingSettings.Of("MaxUnpool", x.Shape, window, strides, padding);
            var pooled = settings.Infer("MaxUnpool", x);
            if (Shape != pooled.Shape) throw new ShapeException($"MaxUnpool: {Shape} is not what pooling makes of {x.Shape}, which is {pooled.Shape}.");
            return new MaxPoolGradient(settings).Apply(x, Cast(x.DType));
        }

        /// <summary>The largest element of each channel over all spatial axes: [n, spatial…, c] → [n, c].</summary>
        /// <exception cref="ShapeException">There is no spatial axis.</exception>
        public Tensor GlobalMaxPool() => Max(SpatialAxes("GlobalMaxPool"));

        int[] SpatialAxes(string operation) => Rank >= 3
            ? [.. Enumerable.Range(1, Rank - 2)]
            : throw new ShapeException($"{operation}: the input must be [examples, spatial axes, channels], but it is {Shape}.");
    }
}
