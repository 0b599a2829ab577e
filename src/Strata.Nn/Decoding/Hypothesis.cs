namespace Strata.Nn;

/// <summary>A sequence that <see cref="BeamSearch{TState}"/> found.</summary>
/// <param name="Tokens">The tokens, without the first and the end.</param>
/// <param name="LogProbability">The logarithm of the probability, that of the end included.</param>
/// <param name="Score">What it was ranked by.</param>
/// <param name="Ended">Whether it ended itself, not by the limit of the length.</param>
/// <param name="Attention">For each token how much was looked at each place of the source when it was chosen; null without attention.</param>
public sealed record Hypothesis(int[] Tokens, double LogProbability, double Score, bool Ended, double[][]? Attention = null);
