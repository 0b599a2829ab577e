using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>−ln of the probability that the classes of the steps, repetitions merged and blanks removed, spell the labels (connectionist temporal
/// classification; see <see cref="Tensor.CtcLoss"/>);  y [n, labels] with negative numbers after the labels of an example, p [n, t, classes].</summary>
/// <param name="blank">The class that stands for no label; negative numbers count from the end: Keras has it last, −1.</param>
/// <param name="fromLogits">Whether predictions are logits; otherwise they are probabilities, clipped at ε.</param>
public sealed class CtcLoss(int blank = 0, bool fromLogits = false) : Loss("ctc")
{
    internal static CtcLoss FromConfig(Config c) => new(c.Int("blank"), c.Bool("from_logits"));

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["blank"] = blank, ["from_logits"] = fromLogits };

    internal override string? LogitsActivation => fromLogits ? null : "softmax";

    /// <inheritdoc/>
    protected override Tensor Call(Tensor targets, Tensor predictions) =>
        FromLogits(targets, fromLogits ? predictions : predictions.Clip(Numerics.Epsilon, 1).Log());

    internal override Tensor FromLogits(Tensor targets, Tensor logits)
    {
        var counts = (targets >= 0).Cast(DType.Int32).Sum(1);
        return Tensor.CtcLoss(logits, targets, labelCounts: counts, blank: blank < 0 ? logits.Shape[^1] + blank : blank);
    }

    /// <inheritdoc/>
    protected override Tensor Fit(Tensor targets, Tensor predictions) => predictions.Rank == 3 && targets.Rank == 2 && targets.Shape[0] == predictions.Shape[0]
        ? targets.Cast(DType.Int32)
        : throw new ShapeException($"{Name}: targets are {targets.Shape} and predictions {predictions.Shape}; they must be [examples, labels] and [examples, steps, classes].");
}
