namespace Strata.Reinforcement;

/// <summary>Vectors of zeros and ones that are independent, 1 with probability σ(logit).</summary>
/// <param name="logits">[n, d].</param>
public sealed class BernoulliPolicy(Tensor logits)
{
    /// <summary>ln π(a) [n] of actions [n, d] of zeros and ones.</summary>
    public Tensor LogProbability(Tensor actions) => -Tensor.SigmoidCrossEntropy(logits, actions).Sum(-1);

    /// <summary>Σ (softplus(l) − l σ(l)) [n].</summary>
    public Tensor Entropy() => (logits.Softplus() - (logits * logits.Sigmoid())).Sum(-1);
}
