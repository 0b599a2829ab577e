using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y[o, t, i] = x[o·stride + t·dilation − low, i]: the windows that a convolution multiplies with its kernel.</summary>
    internal sealed record Patches(ConvolutionSettings Settings, ValueList<int> Window) : Unary
    {
        protected override TensorType Infer(Tensor x)
        {
            var sizes = x.Shape.Span[..^1].ToArray();
            for (var i = 0; i < Window.Count; i++) sizes[i + 1] = Settings.OutputSize(Name, i, sizes[i + 1], Window[i]);
            return new([.. sizes, .. Window.Span, x.Shape[^1]], x.DType);
        }

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.Patches(Settings, Window.Span, x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => new PatchesAdjoint(Settings, Window, x.Shape).Apply(dy);
    }

    /// <summary>The elements of windows added up where they were taken from.</summary>
    internal sealed record PatchesAdjoint(ConvolutionSettings Settings, ValueList<int> Window, Shape Input) : Unary
    {
        protected override TensorType Infer(Tensor dy) => new(Input, dy.DType);

        protected override void Run(CpuKernels k, Tensor dy, Tensor dx) => k.PatchesAdjoint(Settings, Window.Span, dy, dx);

        protected override Tensor? Gradient(Tensor dy, Tensor dx, Tensor u) => new Patches(Settings, Window).Apply(u);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The windows over one, two or three spatial axes that a convolution would see: [n, spatial…, c] → [n, spatial'…, window…, c]. What lies in the
        /// padding is 0.</summary>
        /// <param name="window">The sizes of the window, one a spatial axis.</param>
        /// <param name="strides">Steps of the window: none (1), one for all axes, or one each; the window's sizes cut the input into tiles.</param>
        /// <param name="padding">How borders are treated.</param>
        /// <param name="dilation">Distance between neighbors in the window: none (1), one for all axes, or one each.</param>
        /// <exception cref="ShapeException">Axes or sizes do not fit.</exception>
        public Tensor Patches(ReadOnlySpan<int> window, ReadOnlySpan<int> strides, Padding padding, ReadOnlySpan<int> dilation = default) =>
            new Patches(ConvolutionSettings.Of("Patches", Shape, window, strides, padding, dilation), ValueList.Create(window)).Apply(this);
    }
}
