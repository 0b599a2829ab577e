using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>y = activation(x ∗ W + b), correlation along one axis;  x [n, steps, in] → y [n, steps', filters], W [k, in, filters].</summary>
/// <param name="filters">Channels of the output.</param>
/// <param name="kernel">Length of the window.</param>
/// <param name="strides">Steps of the window.</param>
/// <param name="padding">How borders are treated; by default <see cref="Padding.Valid"/>. <see cref="Padding.Causal"/> lets no output see the future.</param>
/// <param name="dilation">Distance between neighbors in the window; not together with strides.</param>
/// <param name="activation">Applied to the result; none: linear.</param>
/// <param name="useBias">Whether b is there.</param>
public sealed class Conv1D(
    int filters,
    int kernel,
    int strides = 1,
    Padding padding = default,
    int dilation = 1,
    Activation? activation = null,
    bool useBias = true) : KernelLayer
{
    readonly int filters = Positive(filters, nameof(filters));
    readonly int kernel = Positive(kernel, nameof(kernel));
    readonly int strides = Positive(strides, nameof(strides));
    readonly int dilation = Positive(dilation, nameof(dilation));
    Variable w = null!;
    Variable? b;

    internal static Conv1D FromConfig(Config c) => new(
        c.Int("filters"), c.Int("kernel_size"), c.Int("strides"), c.Padding("padding"), c.Int("dilation_rate"), c.Object<Activation>("activation"), c.Bool("use_bias"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => 
        (config["filters"], config["kernel_size"], config["strides"], config["padding"], config["dilation_rate"], config["activation"], config["use_bias"]) =
        (filters, kernel, strides, Config.Of(padding), dilation, Config.Of(activation), useBias);

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        Spatial.Require(x, 1);
        if (strides != 1 && dilation != 1) throw new ShapeException("strides and dilation cannot both be larger than 1.");
        w = Kernel([kernel, x[2], filters]);
        b = useBias ? Bias([filters]) : null;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var y = x.Convolution(w, [strides], padding, [dilation]);
        if (b is not null) y += b;
        return activation is null ? y : activation.Of(y, context);
    }
}
