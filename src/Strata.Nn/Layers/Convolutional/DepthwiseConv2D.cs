using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>y = activation(x ∗ W + b), each channel by itself;  x [n, h, w, c] → y [n, h', w', c·m], output c·m + j is filter j of channel c, W [kh, kw, c, m].</summary>
/// <param name="kernel">Height and width of the window.</param>
/// <param name="strides">Steps of the window.</param>
/// <param name="padding">How borders are treated; by default <see cref="Padding.Valid"/>.</param>
/// <param name="depthMultiplier">m: filters of a channel.</param>
/// <param name="dilation">Distance between neighbors in the window; not together with strides.</param>
/// <param name="activation">Applied to the result; none: linear.</param>
/// <param name="useBias">Whether b is there.</param>
public sealed class DepthwiseConv2D(
    Window kernel,
    Window? strides = null,
    Padding padding = default,
    int depthMultiplier = 1,
    Window? dilation = null,
    Activation? activation = null,
    bool useBias = true) : KernelLayer
{
    readonly Window kernel = kernel.Checked(nameof(DepthwiseConv2D), nameof(kernel));
    readonly Window strides = (strides ?? 1).Checked(nameof(DepthwiseConv2D), nameof(strides));
    readonly Window dilation = (dilation ?? 1).Checked(nameof(DepthwiseConv2D), nameof(dilation));
    readonly int multiplier = Positive(depthMultiplier, nameof(depthMultiplier));
    Variable w = null!;
    Variable? b;

    internal static DepthwiseConv2D FromConfig(Config c) => new(
        c.Window("kernel_size"), c.Window("strides"), c.Padding("padding"), c.Int("depth_multiplier"), c.Window("dilation_rate"), c.Object<Activation>("activation"), c.Bool("use_bias"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) =>
        (config["kernel_size"], config["strides"], config["padding"], config["depth_multiplier"], config["dilation_rate"], config["activation"], config["use_bias"]) =
        (Config.Of(kernel), Config.Of(strides), Config.Of(padding), multiplier, Config.Of(dilation), Config.Of(activation), useBias);

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        Spatial.Require(x, 2);
        if (strides != 1 && dilation != 1) throw new ShapeException("strides and dilation cannot both be larger than 1.");
        w = Weight("depthwise_kernel", [.. kernel.Sizes, x[3], multiplier], KernelInitializer, regularizer: KernelRegularizer, constraint: KernelConstraint);
        b = useBias ? Bias([x[3] * multiplier]) : null;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var y = x.DepthwiseConvolution(w, strides.Sizes, padding, dilation.Sizes);
        if (b is not null) y += b;
        return activation is null ? y : activation.Of(y, context);
    }
}
