using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y[o, c] = Σ_t Σ_i x[o·stride + t·dilation − low, i]·f[t, i, c]: correlation with a window, channels last.</summary>
    /// <remarks>It is linear in both operands, so it and its two gradients are each other's gradients.</remarks>
    internal sealed record Convolution(ConvolutionSettings Settings) : Contraction
    {
        protected override TensorType Infer(Tensor x, Tensor f)
        {
            if (!x.DType.IsFloating()) Fail($"the input is float32 or float64, not {x.DType.Name()}.");
            if (x.Shape[^1] != f.Shape[^2] * Settings.Groups)
                Fail($"the input {x.Shape} has {x.Shape[^1]} channels, but the kernel {f.Shape} takes {f.Shape[^2] * Settings.Groups}{InGroups}.");
            if (f.Shape[^1] % Settings.Groups != 0) Fail($"{f.Shape[^1]} output channels cannot be cut into {Settings.Groups} groups.");
            var sizes = new int[x.Rank];
            (sizes[0], sizes[^1]) = (x.Shape[0], f.Shape[^1]);
            for (var i = 1; i < x.Rank - 1; i++) sizes[i] = Settings.OutputSize(Name, i - 1, x.Shape[i], f.Shape[i - 1]);
            return new(Shape.Of(sizes), x.DType);
        }

        internal override void Run(CpuKernels k, Tensor x, Tensor f, Tensor y, Epilogue epilogue, PreparedWeights? prepared) =>
            k.Convolution(Settings, x, f, y, epilogue, prepared);

        internal override PreparedWeights? Prepare(CpuKernels k, Tensor x, Tensor f, Tensor y) => k.PrepareConvolution(Settings, x, f, y);

        protected override (Tensor? A, Tensor? B) Gradient(Tensor x, Tensor f, Tensor y, Tensor dy, Needs needs) => (
            needs[0] ? new ConvolutionInputGradient(Settings, x.Shape).Apply(dy, f) : null,
            needs[1] ? new ConvolutionKernelGradient(Settings, f.Shape).Apply(x, dy) : null);

        string InGroups => Settings.Groups == 1 ? "" : $" in {Settings.Groups} groups";
    }

    /// <summary>The gradient of a convolution for its input, from the output's and the kernel: the transposed convolution.</summary>
    internal sealed record ConvolutionInputGradient(ConvolutionSettings Settings, Shape Input) : Binary
    {
        protected override TensorType Infer(Tensor dy, Tensor f) => new(Input, dy.DType);

        protected override void Run(CpuKernels k, Tensor dy, Tensor f, Tensor dx) => k.ConvolutionInputGradient(Settings, dy, f, dx);

        protected override (Tensor? A, Tensor? B) Gradient(Tensor dy, Tensor f, Tensor dx, Tensor u, Needs needs) => (
            needs[0] ? new Convolution(Settings).Apply(u, f) : null,
            needs[1] ? new ConvolutionKernelGradient(Settings, f.Shape).Apply(u, dy) : null);
    }

    /// <summary>The gradient of a convolution for its kernel, from the input and the output's.</summary>
    internal sealed record ConvolutionKernelGradient(ConvolutionSettings Settings, Shape Kernel) : Binary
    {
        protected override TensorType Infer(Tensor x, Tensor dy) => new(Kernel, x.DType);

        protected override void Run(CpuKernels k, Tensor x, Tensor dy, Tensor df) => k.ConvolutionKernelGradient(Settings, x, dy, df);

        protected override (Tensor? A, Tensor? B) Gradient(Tensor x, Tensor dy, Tensor df, Tensor u, Needs needs) => (
            needs[0] ? new ConvolutionInputGradient(Settings, x.Shape).Apply(dy, u) : null,
            needs[1] ? new Convolution(Settings).Apply(x, u) : null);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>Convolution (correlation, as in every framework) over one, two or three spatial axes, channels last:
        /// [n, spatial…, in] with a kernel [k…, in/groups, out] → [n, spatial'…, out].</summary>
        /// <param name="kernel">The weights.</param>
        /// <param name="strides">Steps of the window: none (1), one for all axes, or one each.</param>
        /// <param name="padding">How borders are treated.</param>
        /// <param name="dilation">Distance between neighbors in the window: none (1), one for all axes, or one each.</param>
        /// <param name="groups">Into how many independent parts the channels are cut.</param>
        /// <exception cref="ShapeException">Channels, axes or sizes do not fit.</exception>
        public Tensor Convolution(Tensor kernel, ReadOnlySpan<int> strides, Padding padding, ReadOnlySpan<int> dilation, int groups = 1)
        {
            if (kernel.Rank != Rank) throw new ShapeException($"Convolution: an input {Shape} needs a kernel of {Math.Max(0, Rank - 2)} window axes, in and out channels, but it is {kernel.Shape}.");
            if (groups < 1) throw new ShapeException($"Convolution: {groups} groups were asked for; at least 1 is needed.");
            var type = DTypes.Promote(DType, kernel.DType);
            var settings = ConvolutionSettings.Of("Convolution", Shape, kernel.Shape.Rank > 2 ? kernel.Shape[..^2].Span : [], strides, padding, dilation, groups);
            return new Convolution(settings).Apply(Cast(type), kernel.Cast(type));
        }

        /// <summary>Convolution of each channel with filters of its own: [n, spatial…, in] with a kernel [k…, in, m] → [n, spatial'…, in·m], the
        /// m outputs of a channel side by side.</summary>
        /// <inheritdoc cref="Convolution"/>
        public Tensor DepthwiseConvolution(Tensor kernel, ReadOnlySpan<int> strides, Padding padding, ReadOnlySpan<int> dilation)
        {
            if (kernel.Rank != Rank || Rank < 3 || kernel.Shape[^2] != Shape[^1])
                throw new ShapeException($"DepthwiseConvolution: an input {Shape} needs a kernel [window…, channels, multiplier] with its channels, but it is {kernel.Shape}.");
            return Convolution(kernel.Reshape([.. kernel.Shape[..^2].Span, 1, kernel.Shape[^2] * kernel.Shape[^1]]), strides, padding, dilation, Shape[^1]);
        }

        /// <summary>The transpose of a convolution (its adjoint): [n, spatial…, in] with a kernel [k…, out, in] → [n, spatial'…, out]. Sizes as in Keras:
        /// valid n·s + max(k − s, 0), same n·s; with an output padding p, (n − 1)·s + k − 2·pad + p, pad being k/2 for same and 0 for valid.</summary>
        /// <param name="kernel">The weights.</param>
        /// <param name="strides">Steps of the window in the output: none (1), one for all axes, or one each.</param>
        /// <param name="padding">How borders were treated by the convolution that this transposes.</param>
        /// <param name="outputPadding">What is added to the size of the output: none, one for all axes, or one each.</param>
        /// <param name="dilation">Distance between neighbors in the window.</param>
        /// <exception cref="ShapeException">Channels, axes or sizes do not fit.</exception>
        public Tensor ConvolutionTranspose(Tensor kernel, ReadOnlySpan<int> strides, Padding padding, ReadOnlySpan<int> outputPadding, ReadOnlySpan<int> dilation)
        {
            const string name = "ConvolutionTranspose";
            if (kernel.Rank != Rank || Rank is < 3 or > 5) throw new ShapeException($"{name}: an input {Shape} does not fit a kernel {kernel.Shape}, which must be [window…, out, in].");
            if (kernel.Shape[^1] != Shape[^1]) throw new ShapeException($"{name}: the input {Shape} has {Shape[^1]} channels, but the kernel {kernel.Shape} takes {kernel.Shape[^1]}.");
            var axes = Rank - 2;
            if (outputPadding.Length > 1 && outputPadding.Length != axes) throw new ShapeException($"{name}: {outputPadding.Length} output paddings were given for {axes} spatial axes.");
            var plain = ConvolutionSettings.Of(name, Shape, kernel.Shape[..^2], strides, Padding.Valid, dilation);
            var sizes = new int[Rank];
            var amounts = new (int Low, int High)[axes];
            (sizes[0], sizes[^1]) = (Shape[0], kernel.Shape[^2]);
            for (var i = 0; i < axes; i++)
            {
                var (n, s, reach) = (Shape[i + 1], plain.Strides[i], (plain.Dilation[i] * (kernel.Shape[i] - 1)) + 1);
                if (padding == Padding.Causal) throw new ShapeException($"{name}: causal padding has no transpose here; use valid, same or amounts.");
                if (outputPadding.Length > 0)
                {
                    var extra = outputPadding[outputPadding.Length == 1 ? 0 : i];
                    var pad = padding == Padding.Same ? (Low: reach / 2, High: reach / 2) : padding.Resolve(i, axes, n, kernel.Shape[i], s, plain.Dilation[i]);
                    sizes[i + 1] = ((n - 1) * s) + reach - pad.Low - pad.High + extra;
                    amounts[i] = (pad.Low, pad.High);
                }
                else if (padding == Padding.Same)
                {
                    sizes[i + 1] = n * s;
                    amounts[i] = padding.Resolve(i, axes, n * s, kernel.Shape[i], s, plain.Dilation[i]);
                }
                else
                {
                    var (low, high) = padding.Resolve(i, axes, n, kernel.Shape[i], s, plain.Dilation[i]);
                    sizes[i + 1] = (n * s) + Math.Max(reach - s, 0) - low - high;
                    amounts[i] = (low, high);
                }

                if (sizes[i + 1] < 1) throw new ShapeException($"{name}: the output would have size {sizes[i + 1]} on spatial axis {i}.");
            }

            var type = DTypes.Promote(DType, kernel.DType);
            return new ConvolutionInputGradient(plain with { Padding = ValueList.Create<(int, int)>(amounts) }, Shape.Of(sizes)).Apply(Cast(type), kernel.Cast(type));
        }
    }
}
