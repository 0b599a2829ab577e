using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>y = activation(x ∗ W + b), correlation with a window;  x [n, d, h, w, in] → y [n, d', h', w', filters], W [kd, kh, kw, in, filters].</summary>
/// <param name="filters">Channels of the output.</param>
/// <param name="kernel">Depth, height and width of the window.</param>
/// <param name="strides">Steps of the window.</param>
/// <param name="padding">How borders are treated; by default <see cref="Padding.Valid"/>.</param>
/// <param name="dilation">Distance between neighbors in the window; not together with strides.</param>
/// <param name="activation">Applied to the result; none: linear.</param>
/// <param name="useBias">Whether b is there.</param>
public sealed class Conv3D(
    int filters,
    Window3D kernel,
    Window3D? strides = null,
    Padding padding = default,
    Window3D? dilation = null,
    Activation? activation = null,
    bool useBias = true) : KernelLayer
{
    readonly int filters = Positive(filters, nameof(filters));
    readonly Window3D kernel = kernel.Checked(nameof(Conv3D), nameof(kernel));
    readonly Window3D strides = (strides ?? 1).Checked(nameof(Conv3D), nameof(strides));
    readonly Window3D dilation = (dilation ?? 1).Checked(nameof(Conv3D), nameof(dilation));
    Variable w = null!;
    Variable? b;

    internal static Conv3D FromConfig(Config c) => new(
        c.Int("filters"), c.Window3D("kernel_size"), c.Window3D("strides"), c.Padding("padding"), c.Window3D("dilation_rate"), c.Object<Activation>("activation"), c.Bool("use_bias"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) =>
        (config["filters"], config["kernel_size"], config["strides"], config["padding"], config["dilation_rate"], config["activation"], config["use_bias"]) =
        (filters, Config.Of(kernel), Config.Of(strides), Config.Of(padding), Config.Of(dilation), Config.Of(activation), useBias);

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        Spatial.Require(x, 3);
        if (strides != 1 && dilation != 1) throw new ShapeException("strides and dilation cannot both be larger than 1.");
        w = Kernel([.. kernel.Sizes, x[4], filters]);
        b = useBias ? Bias([filters]) : null;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var y = x.Convolution(w, strides.Sizes, padding, dilation.Sizes);
        if (b is not null) y += b;
        return activation is null ? y : activation.Of(y, context);
    }
}
