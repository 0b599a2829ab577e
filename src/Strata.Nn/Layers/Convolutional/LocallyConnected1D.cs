using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>A convolution whose filters differ from place to place;  x [n, steps, in] → y [n, steps', filters], W [steps', k·in, filters], b [steps', filters].
/// Windows lie inside the sequence.</summary>
/// <param name="filters">Channels of the output.</param>
/// <param name="kernel">Length of the window.</param>
/// <param name="strides">Steps of the window.</param>
/// <param name="activation">Applied to the result; none: linear.</param>
/// <param name="useBias">Whether b is there.</param>
public sealed class LocallyConnected1D(int filters, int kernel, int strides = 1, Activation? activation = null, bool useBias = true) : KernelLayer
{
    readonly int filters = Positive(filters, nameof(filters));
    readonly int kernel = Positive(kernel, nameof(kernel));
    readonly int strides = Positive(strides, nameof(strides));
    Variable w = null!;
    Variable? b;
    int steps; // of the output

    internal static LocallyConnected1D FromConfig(Config c) =>
        new(c.Int("filters"), c.Int("kernel_size"), c.Int("strides"), c.Object<Activation>("activation"), c.Bool("use_bias"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) =>
        (config["filters"], config["kernel_size"], config["strides"], config["activation"], config["use_bias"]) = (filters, kernel, strides, Config.Of(activation), useBias);

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        Spatial.Require(x, 1);
        if (x[1] < kernel) throw new ShapeException($"the window ({kernel}) is longer than the sequence {x}.");
        steps = ((x[1] - kernel) / strides) + 1;
        w = Kernel([steps, kernel * x[2], filters]);
        b = useBias ? Bias([steps, filters]) : null;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var parts = new Tensor[kernel];
        for (var i = 0; i < kernel; i++) parts[i] = x.Slice([0, i, 0], [x.Shape[0], steps, x.Shape[2]], [1, strides, 1]);
        var y = Tensor.Concatenate(parts, -1).SwapAxes(0, 1).MatMul(w).SwapAxes(0, 1); // one product a place
        if (b is not null) y += b;
        return activation is null ? y : activation.Of(y, context);
    }
}
