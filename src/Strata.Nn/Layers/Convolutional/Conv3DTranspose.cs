using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>The adjoint of a convolution, plus bias and activation;  x [n, d, h, w, in] → y [n, d', h', w', filters], W [kd, kh, kw, filters, in]. Sizes as in Keras: valid
/// n·s + max(k − s, 0), same n·s; with an output padding p, (n − 1)·s + k − 2·pad + p, pad being ⌊k/2⌋ for same and 0 for valid.</summary>
/// <param name="filters">Channels of the output.</param>
/// <param name="kernel">Depth, height and width of the window.</param>
/// <param name="strides">Steps of the window in the output.</param>
/// <param name="padding">How borders are treated; by default <see cref="Padding.Valid"/>.</param>
/// <param name="outputPadding">What is added to the size of the output, less than the strides.</param>
/// <param name="activation">Applied to the result; none: linear.</param>
/// <param name="useBias">Whether the bias is there.</param>
public sealed class Conv3DTranspose(
    int filters,
    Window3D kernel,
    Window3D? strides = null,
    Padding padding = default,
    Window3D? outputPadding = null,
    Activation? activation = null,
    bool useBias = true) : KernelLayer
{
    readonly int filters = Positive(filters, nameof(filters));
    readonly Window3D kernel = kernel.Checked(nameof(Conv3DTranspose), nameof(kernel));
    readonly Window3D strides = (strides ?? 1).Checked(nameof(Conv3DTranspose), nameof(strides));
    Variable w = null!;
    Variable? b;

    internal static Conv3DTranspose FromConfig(Config c) => new(
        c.Int("filters"), c.Window3D("kernel_size"), c.Window3D("strides"), c.Padding("padding"), c.Has("output_padding") ? c.Window3D("output_padding") : null, c.Object<Activation>("activation"), c.Bool("use_bias"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        (config["filters"], config["kernel_size"], config["strides"], config["padding"]) = (filters, Config.Of(kernel), Config.Of(strides), Config.Of(padding));
        (config["output_padding"], config["activation"], config["use_bias"]) = (outputPadding is { } extra ? Config.Of(extra) : null, Config.Of(activation), useBias);
    }

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        Spatial.Require(x, 3);
        CheckOutputPadding();
        w = Kernel([.. (ReadOnlySpan<int>)kernel.Sizes, filters, x[^1]]);
        b = useBias ? Bias([filters]) : null;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var y = x.ConvolutionTranspose(w, strides.Sizes, padding, outputPadding?.Sizes ?? [], []);
        if (b is not null) y += b;
        return activation is null ? y : activation.Of(y, context);
    }

    void CheckOutputPadding()
    {
        int[] extra = outputPadding?.Sizes ?? [], steps = strides.Sizes;
        for (var i = 0; i < extra.Length; i++)
            if (extra[i] < 0 || extra[i] >= steps[i]) throw new ShapeException($"the output padding {extra[i]} must be 0 or more and less than the stride {steps[i]}.");
    }
}
