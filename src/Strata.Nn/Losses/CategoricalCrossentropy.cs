using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>−Σ y·ln p over the last axis, y one-hot or a distribution; of probabilities, which are scaled to sum 1 and clipped to
/// [ε, 1 − ε], or of logits.</summary>
/// <param name="fromLogits">Whether predictions are logits.</param>
/// <param name="labelSmoothing">s in: y ← y(1 − s) + s/classes.</param>
public sealed class CategoricalCrossentropy(bool fromLogits = false, double labelSmoothing = 0) : Loss("categorical_crossentropy")
{
    internal static CategoricalCrossentropy FromConfig(Config c) => new(c.Bool("from_logits"), c.Double("label_smoothing"));

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["from_logits"] = fromLogits, ["label_smoothing"] = labelSmoothing };

    internal override string? LogitsActivation => fromLogits ? null : "softmax";

    /// <inheritdoc/>
    protected override Tensor Call(Tensor targets, Tensor predictions)
    {
        if (fromLogits) return FromLogits(targets, predictions);
        var p = (predictions / predictions.Sum(-1, keepDims: true)).Clip(Numerics.Epsilon, 1 - Numerics.Epsilon);
        return -(targets * p.Log()).Sum(-1);
    }

    internal override Tensor FromLogits(Tensor targets, Tensor logits) => Tensor.SoftmaxCrossEntropy(logits, targets);

    /// <inheritdoc/>
    protected override Tensor Fit(Tensor targets, Tensor predictions)
    {
        if (targets.DType.IsInteger() && targets.Rank == predictions.Rank - 1)
            throw new ShapeException($"{Name}: targets are {targets.Type}, which look like numbers of classes; use SparseCategoricalCrossentropy, or OneHot({predictions.Shape[^1]}) on them.");
        var y = base.Fit(targets, predictions);
        return labelSmoothing == 0 ? y : (y * (1 - labelSmoothing)) + (labelSmoothing / predictions.Shape[^1]);
    }
}
