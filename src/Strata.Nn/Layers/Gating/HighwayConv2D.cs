using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>A highway layer of images: y = H(x)·T(x) + x·(1 − T(x)), where H and the gate T are convolutions that keep the size;
/// x [n, h, w, c] → y [n, h, w, c] (Srivastava, Greff and Schmidhuber 2015, section 2.2).</summary>
/// <param name="kernel">Height and width of both windows.</param>
/// <param name="activation">Applied in H; by default ReLU.</param>
/// <param name="gateBias">The first value of the gate's bias: −1, −2, −3 for about 10, 20, 30 layers.</param>
public sealed class HighwayConv2D(Window kernel, Activation? activation = null, double gateBias = -2) : KernelLayer
{
    readonly Window kernel = kernel.Checked(nameof(HighwayConv2D), nameof(kernel));
    readonly Activation activation = activation ?? Activation.Relu;
    Variable w = null!, b = null!, wT = null!, bT = null!;

    /// <summary>How the gate's kernel is made. A gate is a sigmoid and works best on small sums, whatever H needs.</summary>
    public Initializer GateInitializer { get; init; } = Initializer.GlorotUniform;

    internal static HighwayConv2D FromConfig(Config c) => new(c.Window("kernel_size"), c.Object<Activation>("activation"), c.Double("gate_bias")) { GateInitializer = c.Required<Initializer>("gate_initializer") };

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => 
        (config["kernel_size"], config["activation"], config["gate_bias"], config["gate_initializer"]) = (Config.Of(kernel), Config.Of(activation), gateBias, Config.Of(GateInitializer));

    /// <summary>The gate T(x), in (0, 1): how much of an element comes from H.</summary>
    public Tensor Gate(Tensor x) => (x.Convolution(wT, [], Padding.Same, []) + bT).Sigmoid();

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        Spatial.Require(x, 2);
        w = Kernel([.. kernel.Sizes, x[3], x[3]]);
        b = Bias([x[3]]);
        wT = Weight("gate_kernel", [.. kernel.Sizes, x[3], x[3]], GateInitializer, regularizer: KernelRegularizer, constraint: KernelConstraint);
        bT = Weight("gate_bias", [x[3]], new Constant(gateBias));
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var h = activation.Of(x.Convolution(w, [], Padding.Same, []) + b);
        return x + ((h - x) * Gate(x));
    }
}
