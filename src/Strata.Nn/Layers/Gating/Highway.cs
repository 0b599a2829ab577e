using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>y = H(x)·T(x) + x·(1 − T(x)) with H(x) = activation(x·W + b) and the gate T(x) = σ(x·W_T + b_T);  x […, d] → y […, d]
/// (Srivastava, Greff and Schmidhuber 2015, equation 3).</summary>
/// <param name="activation">Applied in H; by default ReLU.</param>
/// <param name="gateBias">The first value of b_T: the more negative, the more of x is carried at the start; deeper networks need less than −2.</param>
public sealed class Highway(Activation? activation = null, double gateBias = -2) : KernelLayer
{
    readonly Activation activation = activation ?? Activation.Relu;
    Variable w = null!, b = null!, wT = null!, bT = null!;

    /// <summary>How the gate's kernel is made. A gate is a sigmoid and works best on small sums, whatever H needs.</summary>
    public Initializer GateInitializer { get; init; } = Initializer.GlorotUniform;

    internal static Highway FromConfig(Config c) => new(c.Object<Activation>("activation"), c.Double("gate_bias")) { GateInitializer = c.Required<Initializer>("gate_initializer") };

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["activation"], config["gate_bias"], config["gate_initializer"]) = (Config.Of(activation), gateBias, Config.Of(GateInitializer));

    /// <summary>The gate T(x), in (0, 1): how much of an element comes from H.</summary>
    public Tensor Gate(Tensor x) => (x.MatMul(wT) + bT).Sigmoid();

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        if (x.Rank < 2) throw new ShapeException($"the input must have an axis of examples and one of features, but it is {x}.");
        w = Kernel([x[^1], x[^1]]);
        b = Bias([x[^1]]);
        wT = Weight("gate_kernel", [x[^1], x[^1]], GateInitializer, regularizer: KernelRegularizer, constraint: KernelConstraint);
        bT = Weight("gate_bias", [x[^1]], new Constant(gateBias));
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var h = activation.Of(x.MatMul(w) + b);
        return x + ((h - x) * Gate(x)); // equation 3 with one product fewer
    }
}
