using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>−ln p_y, y the number of the class;  y [n, …] or [n, …, 1], p [n, …, classes]. Of probabilities, clipped to [ε, 1 − ε] and taken as the
/// softmax of their logarithms, or of logits.</summary>
/// <param name="fromLogits">Whether predictions are logits.</param>
public sealed class SparseCategoricalCrossentropy(bool fromLogits = false) : Loss("sparse_categorical_crossentropy")
{
    internal static SparseCategoricalCrossentropy FromConfig(Config c) => new(c.Bool("from_logits"));

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["from_logits"] = fromLogits };

    internal override string? LogitsActivation => fromLogits ? null : "softmax";

    /// <inheritdoc/>
    protected override Tensor Call(Tensor targets, Tensor predictions) =>
        FromLogits(targets, fromLogits ? predictions : predictions.Clip(Numerics.Epsilon, 1 - Numerics.Epsilon).Log());

    internal override Tensor FromLogits(Tensor targets, Tensor logits) => Tensor.SoftmaxCrossEntropy(logits, targets);

    /// <inheritdoc/>
    protected override Tensor Fit(Tensor targets, Tensor predictions)
    {
        var rows = predictions.Shape[..^1];
        if (targets.Shape != rows && targets.Shape != rows.Concat([1]))
            throw new ShapeException(targets.Shape == predictions.Shape
                ? $"{Name}: targets are {targets.Shape} like the predictions; one-hot targets need CategoricalCrossentropy."
                : $"{Name}: targets are {targets.Shape}, but predictions {predictions.Shape} need targets {rows}.");
        return targets.Cast(targets.DType == DType.Int64 ? DType.Int64 : DType.Int32).Reshape(rows.Span);
    }
}
