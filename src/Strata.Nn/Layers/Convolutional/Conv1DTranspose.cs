namespace Strata.Nn;

/// <summary>The adjoint of a convolution, plus bias and activation;  x [n, steps, in] → y [n, steps', filters], W [k, filters, in].</summary>
/// <param name="filters">Channels of the output.</param>
/// <param name="kernel">Length of the window.</param>
/// <param name="strides">Steps of the window in the output.</param>
/// <param name="padding">How borders are treated; by default <see cref="Padding.Valid"/>.</param>
/// <param name="outputPadding">What is added to the size of the output, less than the strides.</param>
/// <param name="activation">Applied to the result; none: linear.</param>
/// <param name="useBias">Whether the bias is there.</param>
public sealed class Conv1DTranspose(
    int filters,
    int kernel,
    int strides = 1,
    Padding padding = default,
    int? outputPadding = null,
    Activation? activation = null,
    bool useBias = true)
    : TransposedLayer(Positive(filters, nameof(filters)), [Positive(kernel, nameof(kernel))], [Positive(strides, nameof(strides))], padding, outputPadding is { } p ? [p] : null, activation, useBias)
{
    internal static Conv1DTranspose FromConfig(Config c) => new(
        c.Int("filters"), c.Int("kernel_size"), c.Int("strides"), c.Padding("padding"), c.Has("output_padding") ? c.Int("output_padding") : null, c.Object<Activation>("activation"), c.Bool("use_bias"));
}
