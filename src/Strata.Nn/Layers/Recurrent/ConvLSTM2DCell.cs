using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>A step of an LSTM whose products are convolutions (Shi et al. 2015, without peepholes): i, f, o = σ(x ∗ W + h ∗ U + b),
/// c' = f·c + i·φ(x ∗ W + h ∗ U + b), h' = o·φ(c');  x [n, h, w, in], states [n, h', w', filters].</summary>
/// <remarks>W [kh, kw, in, 4·filters] and U [kh, kw, filters, 4·filters] with the gates in the order i, f, c, o. U's convolution keeps the size, with strides of 1.</remarks>
/// <param name="filters">Channels of the states.</param>
/// <param name="kernel">Height and width of the windows.</param>
/// <param name="strides">Steps of the input's window.</param>
/// <param name="padding">How the input's borders are treated; by default <see cref="Padding.Valid"/>.</param>
/// <param name="dilation">Distance between neighbors in the input's window; not together with strides.</param>
/// <param name="activation">φ, by default tanh.</param>
/// <param name="recurrentActivation">σ, by default <see cref="Activation.HardSigmoid"/>.</param>
/// <param name="useBias">Whether b is there.</param>
/// <param name="unitForgetBias">Whether b begins at 1 for the forget gate.</param>
/// <param name="dropout">The share of the input that is dropped in training.</param>
/// <param name="recurrentDropout">The share of h that is dropped in training.</param>
public sealed class ConvLSTM2DCell(
    int filters,
    Window kernel,
    Window? strides = null,
    Padding padding = default,
    Window? dilation = null,
    Activation? activation = null,
    Activation? recurrentActivation = null,
    bool useBias = true,
    bool unitForgetBias = true,
    double dropout = 0,
    double recurrentDropout = 0) : KernelCell(4, dropout, recurrentDropout, 1)
{
    readonly int filters = Positive(filters, nameof(filters));
    readonly Window kernel = kernel.Checked(nameof(ConvLSTM2DCell), nameof(kernel));
    readonly Window strides = (strides ?? 1).Checked(nameof(ConvLSTM2DCell), nameof(strides));
    readonly Window dilation = (dilation ?? 1).Checked(nameof(ConvLSTM2DCell), nameof(dilation));
    readonly Activation activation = activation ?? Activation.Tanh, recurrentActivation = recurrentActivation ?? Activation.HardSigmoid;
    Variable w = null!, u = null!;
    Variable? b;

    internal static ConvLSTM2DCell FromConfig(Config c) => new(
        c.Int("filters"), c.Window("kernel_size"), c.Has("strides") ? c.Window("strides") : null, c.Padding("padding"), c.Has("dilation_rate") ? c.Window("dilation_rate") : null, c.Object<Activation>("activation"), c.Object<Activation>("recurrent_activation"),
        c.Bool("use_bias"), c.Bool("unit_forget_bias"), c.Double("dropout"), c.Double("recurrent_dropout"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        (config["filters"], config["kernel_size"], config["padding"]) = (filters, Config.Of(kernel), Config.Of(padding));
        (config["strides"], config["dilation_rate"]) = (Config.Of(strides), Config.Of(dilation));
        (config["activation"], config["recurrent_activation"]) = (Config.Of(activation), Config.Of(recurrentActivation));
        (config["use_bias"], config["unit_forget_bias"], config["dropout"], config["recurrent_dropout"]) = (useBias, unitForgetBias, Dropout, RecurrentDropout);
    }

    /// <inheritdoc/>
    public override Shape[] StateShapes(Shape step)
    {
        if (step.Rank != 4) throw new ShapeException($"a step must be [examples, height, width, channels], but it is {step}.");
        Shape state = [Length(0, step[1], kernel.Height, strides.Height, dilation.Height), Length(1, step[2], kernel.Width, strides.Width, dilation.Width), filters];
        return [state, state];
    }

    /// <inheritdoc/>
    public override RecurrentCell Copy() =>
        new ConvLSTM2DCell(filters, kernel, strides, padding, dilation, activation, recurrentActivation, useBias, unitForgetBias, Dropout, RecurrentDropout)
        {
            Settings = Settings,
            DType = DType,
            Trainable = Trainable,
        };

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        if (strides != 1 && dilation != 1) throw new ShapeException("strides and dilation cannot both be larger than 1.");
        StateShapes(x);
        (w, u) = (Kernel([kernel.Height, kernel.Width, x[3], 4 * filters]), RecurrentKernel([kernel.Height, kernel.Width, filters, 4 * filters]));
        b = useBias ? Bias([4 * filters], unitForgetBias ? new UnitForget(BiasInitializer) : null) : null;
    }

    /// <inheritdoc/>
    protected override Tensor[] Call(Tensor[] x, CallContext context)
    {
        var masks = Masks(x.AsSpan(3), x[0].Shape, context);
        var gates = Project(x[0], w, masks.Input, (z, k) => z.Convolution(k, [strides.Height, strides.Width], padding, [dilation.Height, dilation.Width]))
            + Project(x[1], u, masks.State, (z, k) => z.Convolution(k, [], Padding.Same, []));
        if (b is not null) gates += b;
        var a = gates.Split(4, -1);
        var cell = (recurrentActivation.Of(a[1]) * x[2]) + (recurrentActivation.Of(a[0]) * activation.Of(a[2]));
        var y = recurrentActivation.Of(a[3]) * activation.Of(cell);
        return [y, y, cell];
    }

    int Length(int axis, int size, int window, int stride, int spread)
    {
        var (low, high) = padding.Resolve(axis, 2, size, window, stride, spread);
        return ((size + low + high - (spread * (window - 1)) - 1) / stride) + 1;
    }
}
