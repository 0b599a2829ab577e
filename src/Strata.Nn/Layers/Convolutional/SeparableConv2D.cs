using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>y = activation((x ∗ D) ∗ P + b): filters D of each channel by itself, then a mixture P of all channels;  x [n, h, w, in] → y [n, h', w', filters],
/// D [kh, kw, in, m], P [1, 1, in·m, filters].</summary>
/// <param name="filters">Channels of the output.</param>
/// <param name="kernel">Height and width of the window.</param>
/// <param name="strides">Steps of the window.</param>
/// <param name="padding">How borders are treated; by default <see cref="Padding.Valid"/>.</param>
/// <param name="dilation">Distance between neighbors in the window; not together with strides.</param>
/// <param name="depthMultiplier">m: filters of a channel.</param>
/// <param name="activation">Applied to the result; none: linear.</param>
/// <param name="useBias">Whether b is there.</param>
public sealed class SeparableConv2D(
    int filters,
    Window kernel,
    Window? strides = null,
    Padding padding = default,
    Window? dilation = null,
    int depthMultiplier = 1,
    Activation? activation = null,
    bool useBias = true) : SeparableLayer
{
    readonly Window kernel = kernel.Checked(nameof(SeparableConv2D), nameof(kernel));
    readonly Window strides = (strides ?? 1).Checked(nameof(SeparableConv2D), nameof(strides));
    readonly Window dilation = (dilation ?? 1).Checked(nameof(SeparableConv2D), nameof(dilation));
    Variable depthwise = null!, pointwise = null!;
    Variable? b;

    internal static SeparableConv2D FromConfig(Config c) => new(
        c.Int("filters"), c.Window("kernel_size"), c.Window("strides"), c.Padding("padding"), c.Window("dilation_rate"), c.Int("depth_multiplier"), c.Object<Activation>("activation"), c.Bool("use_bias"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        (config["filters"], config["kernel_size"], config["strides"], config["padding"]) = (filters, Config.Of(kernel), Config.Of(strides), Config.Of(padding));
        (config["dilation_rate"], config["depth_multiplier"], config["activation"], config["use_bias"]) = (Config.Of(dilation), depthMultiplier, Config.Of(activation), useBias);
    }

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        Spatial.Require(x, 2);
        if (strides != 1 && dilation != 1) throw new ShapeException("strides and dilation cannot both be larger than 1.");
        (depthwise, pointwise, b) = MakeWeights(kernel.Sizes, x[3], depthMultiplier, filters, useBias);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var y = x.DepthwiseConvolution(depthwise, strides.Sizes, padding, dilation.Sizes).Convolution(pointwise, [], Padding.Valid, []);
        if (b is not null) y += b;
        return activation is null ? y : activation.Of(y, context);
    }
}
