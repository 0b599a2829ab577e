using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>−Σₜ ln p of the tokens of a sequence from logits, without the steps whose target is padding: the negative logarithm of the sequence's probability (Sutskever,
/// Vinyals and Le 2014, section 3.2);  y [n, t] of integers, logits [n, t, tokens] → [n].</summary>
/// <remarks>The mean over a batch is that paper's: a sum over the tokens, divided by the number of sequences, which its learning rates belong to.</remarks>
/// <param name="padding">The target of steps that do not count.</param>
public sealed class SequenceCrossentropy(int padding = 0) : Loss("sequence_crossentropy")
{
    internal static SequenceCrossentropy FromConfig(Config c) => new(c.Int("padding"));

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["padding"] = padding };

    /// <inheritdoc/>
    protected override Tensor Call(Tensor targets, Tensor predictions)
    {
        var counts = targets.NotEqualTo(padding);
        // Padding may be no token at all, so its logit is not looked at.
        var nats = Tensor.SoftmaxCrossEntropy(predictions, Tensor.Where(counts, targets, Tensor.ZerosLike(targets)));
        return (nats * counts.Cast(nats.DType)).Sum(1);
    }

    /// <inheritdoc/>
    protected override Tensor Fit(Tensor targets, Tensor predictions)
    {
        if (predictions.Rank != 3 || targets.Shape != predictions.Shape[..2])
            throw new ShapeException($"{Name}: targets are {targets.Shape} and predictions {predictions.Shape}; targets [n, steps] need predictions [n, steps, tokens].");
        return targets.Cast(targets.DType == DType.Int64 ? DType.Int64 : DType.Int32);
    }
}
