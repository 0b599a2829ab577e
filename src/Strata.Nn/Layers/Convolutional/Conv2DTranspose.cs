namespace Strata.Nn;

/// <summary>The adjoint of a convolution, plus bias and activation;  x [n, h, w, in] → y [n, h', w', filters], W [kh, kw, filters, in].</summary>
/// <param name="filters">Channels of the output.</param>
/// <param name="kernel">Height and width of the window.</param>
/// <param name="strides">Steps of the window in the output.</param>
/// <param name="padding">How borders are treated; by default <see cref="Padding.Valid"/>.</param>
/// <param name="outputPadding">What is added to the size of the output, less than the strides.</param>
/// <param name="activation">Applied to the result; none: linear.</param>
/// <param name="useBias">Whether the bias is there.</param>
public sealed class Conv2DTranspose(
    int filters,
    Window kernel,
    Window? strides = null,
    Padding padding = default,
    Window? outputPadding = null,
    Activation? activation = null,
    bool useBias = true)
    : TransposedLayer(
        Positive(filters, nameof(filters)), kernel.Checked(nameof(Conv2DTranspose), nameof(kernel)).Sizes, (strides ?? 1).Checked(nameof(Conv2DTranspose), nameof(strides)).Sizes,
        padding, outputPadding?.Sizes, activation, useBias)
{
    internal static Conv2DTranspose FromConfig(Config c) => new(
        c.Int("filters"), c.Window("kernel_size"), c.Window("strides"), c.Padding("padding"), c.Has("output_padding") ? c.Window("output_padding") : null, c.Object<Activation>("activation"), c.Bool("use_bias"));
}
