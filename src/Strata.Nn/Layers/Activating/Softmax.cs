using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>y_i = e^(x_i) / Σ_j e^(x_j) along an axis.</summary>
/// <param name="axis">The axis, not that of examples (0); −1 is the last.</param>
public sealed class Softmax(int axis = -1) : Layer
{
    internal static Softmax FromConfig(Config c) => new(c.Int("axis"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["axis"] = axis;

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var at = x.Shape.Axis(axis, nameof(Softmax));
        if (at == 0) throw new ShapeException("axis 0 is the axis of examples, along which no distribution goes.");
        if (at == x.Rank - 1) return Activation.Softmax.Of(x, context); // a loss that follows can work on the logits
        return x.Softmax(at);
    }
}
