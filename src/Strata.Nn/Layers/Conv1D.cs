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

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        if (x.Rank != 3) throw new ShapeException($"the input must be [examples, steps, channels], but it is {x}.");
        if (strides != 1 && dilation != 1) throw new ShapeException("strides and dilation cannot both be larger than 1.");
        w = Kernel([kernel, x[2], filters]);
        b = useBias ? Bias(filters) : null;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var y = x.Convolution(w, [strides], padding, [dilation]);
        if (b is not null) y += b;
        return activation is null ? y : activation.Of(y, context);
    }
}
