using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>y = activation(x·W + b);  x […, in] → y […, units].</summary>
/// <param name="units">The size of the last axis of the output.</param>
/// <param name="activation">Applied to the result; none: linear.</param>
/// <param name="useBias">Whether b is there.</param>
public sealed class Dense(int units, Activation? activation = null, bool useBias = true) : KernelLayer
{
    readonly int units = Positive(units, nameof(units));
    Variable w = null!;
    Variable? b;

    internal static Dense FromConfig(Config c) => new(c.Int("units"), c.Object<Activation>("activation"), c.Bool("use_bias"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["units"], config["activation"], config["use_bias"]) = (units, Config.Of(activation), useBias);

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        if (x.Rank < 2) throw new ShapeException($"the input must have an axis of examples and one of features, but it is {x}.");
        w = Kernel([x[^1], units]);
        b = useBias ? Bias([units]) : null;
    }

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var y = x.MatMul(w);
        if (b is not null) y += b;
        return activation is null ? y : activation.Of(y, context);
    }
}
