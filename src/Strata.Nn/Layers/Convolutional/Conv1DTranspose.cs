using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>The adjoint of a convolution, plus bias and activation;  x [n, steps, in] → y [n, steps', filters], W [k, filters, in]. Sizes as in Keras: valid
/// n·s + max(k − s, 0), same n·s; with an output padding p, (n − 1)·s + k − 2·pad + p, pad being ⌊k/2⌋ for same and 0 for valid.</summary>
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
    bool useBias = true) : KernelLayer
{
    readonly int filters = Positive(filters, nameof(filters));
    readonly int kernel = Positive(kernel, nameof(kernel));
    readonly int strides = Positive(strides, nameof(strides));
    Variable w = null!;
    Variable? b;

    internal static Conv1DTranspose FromConfig(Config c) => new(
        c.Int("filters"), c.Int("kernel_size"), c.Int("strides"), c.Padding("padding"), c.Has("output_padding") ? c.Int("output_padding") : null, c.Object<Activation>("activation"), c.Bool("use_bias"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        (config["filters"], config["kernel_size"], config["strides"], config["padding"]) = (filters, kernel, strides, Config.Of(padding));
        (config["output_padding"], config["activation"], config["use_bias"]) = (outputPadding, Config.Of(activation), useBias);
    }

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        Spatial.Require(x, 1);
        CheckOutputPadding();
        w = Kernel([.. (ReadOnlySpan<int>)[kernel], filters, x[^1]]);
        b = useBias ? Bias([filters]) : null;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var y = x.ConvolutionTranspose(w, [strides], padding, outputPadding is { } p ? [p] : [], []);
        if (b is not null) y += b;
        return activation is null ? y : activation.Of(y, context);
    }

    void CheckOutputPadding()
    {
        int[] extra = outputPadding is { } p ? [p] : [], steps = [strides];
        for (var i = 0; i < extra.Length; i++)
            if (extra[i] < 0 || extra[i] >= steps[i]) throw new ShapeException($"the output padding {extra[i]} must be 0 or more and less than the stride {steps[i]}.");
    }
}
