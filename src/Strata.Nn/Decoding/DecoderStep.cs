namespace Strata.Nn;

/// <summary>What an <see cref="EncoderDecoder"/> says after some tokens.</summary>
/// <param name="Logits">Of the tokens that follow each, [n, t, tokens].</param>
/// <param name="States">To go on with.</param>
/// <param name="Attention">How much was looked at each place of the source, [n, t, s]; null without attention.</param>
public sealed record DecoderStep(Tensor Logits, Tensor[] States, Tensor? Attention = null);
