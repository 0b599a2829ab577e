using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>A convolution whose filters differ from place to place;  x [n, h, w, in] → y [n, h', w', filters], W [h'·w', kh·kw·in, filters], b [h', w', filters].
/// Windows lie inside the image.</summary>
/// <param name="filters">Channels of the output.</param>
/// <param name="kernel">Height and width of the window.</param>
/// <param name="strides">Steps of the window.</param>
/// <param name="activation">Applied to the result; none: linear.</param>
/// <param name="useBias">Whether b is there.</param>
public sealed class LocallyConnected2D(int filters, Window kernel, Window? strides = null, Activation? activation = null, bool useBias = true) : KernelLayer
{
    readonly int filters = Positive(filters, nameof(filters));
    readonly Window kernel = kernel.Checked(nameof(LocallyConnected2D), nameof(kernel));
    readonly Window strides = (strides ?? 1).Checked(nameof(LocallyConnected2D), nameof(strides));
    Variable w = null!;
    Variable? b;
    int height, width; // of the output

    internal static LocallyConnected2D FromConfig(Config c) =>
        new(c.Int("filters"), c.Window("kernel_size"), c.Window("strides"), c.Object<Activation>("activation"), c.Bool("use_bias"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) =>
        (config["filters"], config["kernel_size"], config["strides"], config["activation"], config["use_bias"]) =
        (filters, Config.Of(kernel), Config.Of(strides), Config.Of(activation), useBias);

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        Spatial.Require(x, 2);
        if (x[1] < kernel.Height || x[2] < kernel.Width) throw new ShapeException($"the window ({kernel.Height}, {kernel.Width}) is larger than the image {x}.");
        (height, width) = (((x[1] - kernel.Height) / strides.Height) + 1, ((x[2] - kernel.Width) / strides.Width) + 1);
        w = Kernel([height * width, kernel.Height * kernel.Width * x[3], filters]);
        b = useBias ? Bias([height, width, filters]) : null;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var (n, c) = (x.Shape[0], x.Shape[3]);
        var parts = new Tensor[kernel.Height * kernel.Width];
        for (var i = 0; i < kernel.Height; i++)
            for (var j = 0; j < kernel.Width; j++)
                parts[(i * kernel.Width) + j] = x.Slice([0, i, j, 0], [n, height, width, c], [1, strides.Height, strides.Width, 1]);
        var patches = Tensor.Concatenate(parts, -1).Reshape(n, height * width, w.Shape[1]); // a window row by row, channels innermost
        var y = patches.SwapAxes(0, 1).MatMul(w).SwapAxes(0, 1).Reshape(n, height, width, filters); // one product a place
        if (b is not null) y += b;
        return activation is null ? y : activation.Of(y, context);
    }
}
