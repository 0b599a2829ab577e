namespace Strata.Reinforcement;

/// <summary>One of m actions with the probabilities softmax(logits).</summary>
/// <param name="logits">[n, m].</param>
public sealed class Categorical(Tensor logits)
{
    readonly Tensor logProbabilities = logits.LogSoftmax(-1);

    /// <summary>ln π(a) [n] of actions [n, 1], int64.</summary>
    public Tensor LogProbability(Tensor actions) => logProbabilities.GatherAlong(actions, 1).Squeeze(1);

    /// <summary>−Σ π ln π [n].</summary>
    public Tensor Entropy() => -(logProbabilities.Exp() * logProbabilities).Sum(-1);
}
