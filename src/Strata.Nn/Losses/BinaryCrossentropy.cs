using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>−mean (y·ln p + (1 − y)·ln(1 − p)); of probabilities clipped to [ε, 1 − ε], or of logits.</summary>
/// <param name="fromLogits">Whether predictions are logits.</param>
/// <param name="labelSmoothing">s in: y ← y(1 − s) + s/2.</param>
public sealed class BinaryCrossentropy(bool fromLogits = false, double labelSmoothing = 0) : Loss("binary_crossentropy")
{
    internal static BinaryCrossentropy FromConfig(Config c) => new(c.Bool("from_logits"), c.Double("label_smoothing"));

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["from_logits"] = fromLogits, ["label_smoothing"] = labelSmoothing };

    internal override string? LogitsActivation => fromLogits ? null : "sigmoid";

    /// <inheritdoc/>
    protected override Tensor Call(Tensor targets, Tensor predictions)
    {
        if (fromLogits) return FromLogits(targets, predictions);
        var p = predictions.Clip(Numerics.Epsilon, 1 - Numerics.Epsilon);
        return FromLogits(targets, (p / (1 - p)).Log());
    }

    internal override Tensor FromLogits(Tensor targets, Tensor logits) => Tensor.SigmoidCrossEntropy(logits, targets).Mean(-1);

    /// <inheritdoc/>
    protected override Tensor Fit(Tensor targets, Tensor predictions)
    {
        var y = base.Fit(targets, predictions);
        return labelSmoothing == 0 ? y : (y * (1 - labelSmoothing)) + (labelSmoothing / 2);
    }
}
