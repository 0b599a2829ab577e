namespace Strata.Nn;

/// <summary>What a model says after one more token of several hypotheses.</summary>
/// <typeparam name="TState">What the model keeps of a hypothesis.</typeparam>
/// <param name="States">The next state of each.</param>
/// <param name="LogProbabilities">For each the logarithms of the probabilities of the tokens that may follow.</param>
/// <param name="Attention">For each how much was looked at each place of the source; null without attention.</param>
public sealed record BeamStep<TState>(TState[] States, double[][] LogProbabilities, double[][]? Attention = null);
