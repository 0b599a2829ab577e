namespace Strata.Reinforcement;

/// <summary>Transitions drawn from a <see cref="ReplayBuffer"/>.</summary>
/// <param name="States">s [n, …], in the type of the observations.</param>
/// <param name="Actions">a [n, 1], int64.</param>
/// <param name="Rewards">Σ γⁱ r of the n steps [n].</param>
/// <param name="Discounts">γ to the number of steps, 0 where the episode terminated [n].</param>
/// <param name="Next">The states behind the steps [n, …].</param>
/// <param name="Weights">How much each counts [n].</param>
/// <param name="Slots">Where they are stored.</param>
public sealed record ReplayBatch(Tensor States, Tensor Actions, Tensor Rewards, Tensor Discounts, Tensor Next, Tensor Weights, IReadOnlyList<int> Slots)
{
    /// <summary>The tensors in the order that the steps of agents take them.</summary>
    public Tensor[] Inputs => [States, Actions, Rewards, Discounts, Next, Weights];
}
