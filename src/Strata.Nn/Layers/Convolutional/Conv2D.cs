using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>y = activation(x ∗ W + b), correlation with a window;  x [n, h, w, in] → y [n, h', w', filters], W [kh, kw, in/groups, filters].</summary>
/// <param name="filters">Channels of the output.</param>
/// <param name="kernel">Height and width of the window.</param>
/// <param name="strides">Steps of the window.</param>
/// <param name="padding">How borders are treated; by default <see cref="Padding.Valid"/>.</param>
/// <param name="dilation">Distance between neighbors in the window; not together with strides.</param>
/// <param name="groups">Into how many independent parts the channels are cut.</param>
/// <param name="activation">Applied to the result; none: linear.</param>
/// <param name="useBias">Whether b is there.</param>
public sealed class Conv2D(
    int filters,
    Window kernel,
    Window? strides = null,
    Padding padding = default,
    Window? dilation = null,
    int groups = 1,
    Activation? activation = null,
    bool useBias = true) : KernelLayer
{
    readonly int filters = Positive(filters, nameof(filters));
    readonly Window kernel = kernel.Checked(nameof(Conv2D), nameof(kernel));
    readonly Window strides = (strides ?? 1).Checked(nameof(Conv2D), nameof(strides));
    readonly Window dilation = (dilation ?? 1).Checked(nameof(Conv2D), nameof(dilation));
    Variable w = null!;
    Variable? b;

    internal static Conv2D FromConfig(Config c) => new(
        c.Int("filters"), c.Window("kernel_size"), c.Window("strides"), c.Padding("padding"), c.Window("dilation_rate"), c.Int("groups"), c.Object<Activation>("activation"), c.Bool("use_bias"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => 
        (config["filters"], config["kernel_size"], config["strides"], config["padding"], config["dilation_rate"], config["groups"], config["activation"], config["use_bias"]) =
        (filters, Config.Of(kernel), Config.Of(strides), Config.Of(padding), Config.Of(dilation), groups, Config.Of(activation), useBias);

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        Spatial.Require(x, 2);
        if (x[3] % groups != 0 || filters % groups != 0) throw new ShapeException($"{x[3]} channels and {filters} filters cannot be cut into {groups} groups.");
        if (strides != 1 && dilation != 1) throw new ShapeException("strides and dilation cannot both be larger than 1.");
        w = Kernel([kernel.Height, kernel.Width, x[3] / groups, filters]);
        b = useBias ? Bias([filters]) : null;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var y = x.Convolution(w, [strides.Height, strides.Width], padding, [dilation.Height, dilation.Width], groups);
        if (b is not null) y += b;
        return activation is null ? y : activation.Of(y, context);
    }
}
