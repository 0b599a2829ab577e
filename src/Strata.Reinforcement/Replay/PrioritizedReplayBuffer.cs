using Strata.Nn;

namespace Strata.Reinforcement;

/// <summary>Replay that draws a transition with probability p^α/Σ p^α, p = |δ| + ε being how wrong its value was when last seen, and weighs it by
/// (N·P)^−β, divided by the largest weight of the batch (Schaul et al. 2016).</summary>
/// <param name="capacity">The most observations it holds.</param>
/// <param name="observations">What a single observation is.</param>
/// <param name="stack">How many observations make a state.</param>
/// <param name="steps">n of n-step returns.</param>
/// <param name="discount">γ.</param>
/// <param name="alpha">α; 0 is uniform.</param>
/// <param name="beta">β over the number of batches drawn; 1 corrects the bias fully.</param>
public sealed class PrioritizedReplayBuffer(
    int capacity,
    Space observations,
    int stack = 1,
    int steps = 1,
    double discount = 0.99,
    double alpha = 0.6,
    Schedule? beta = null)
    : ReplayBuffer(capacity, observations, stack, steps, discount)
{
    const double Least = 1e-6; // ε, so that nothing is never drawn

    readonly SumTree tree = new(capacity);
    readonly Schedule beta = beta ?? 0.4;
    double largest = 1; // of p^α so far: what was not seen yet counts as that
    long drawn;

    /// <inheritdoc/>
    public override void Update(ReplayBatch batch, ReadOnlySpan<float> errors)
    {
        for (var i = 0; i < errors.Length; i++)
        {
            if (tree[batch.Slots[i]] == 0) continue; // forgotten in the meantime
            var priority = Math.Pow(Math.Abs(errors[i]) + Least, alpha);
            if (!double.IsFinite(priority)) throw new ArgumentException("PrioritizedReplayBuffer: an error is not finite.");
            tree[batch.Slots[i]] = priority;
            largest = Math.Max(largest, priority);
        }
    }

    private protected override void OnActed(int slot) => tree[slot] = largest;

    private protected override void OnForgotten(int slot) => tree[slot] = 0;

    private protected override void Draw(Span<int> slots, Span<float> weights, NumpyRandom random)
    {
        if (tree.Sum == 0) throw Empty();
        var exponent = -beta.At(drawn++);
        for (var i = 0; i < slots.Length; i++)
        {
            for (var attempt = 0; ; attempt++)
            {
                if (attempt > 1000 + (100 * Count)) throw Empty();
                // One from each of equal parts of the sum, so that a batch is spread; anywhere if that part has none that is complete.
                var u = attempt == 0 ? (i + random.NextDouble()) / slots.Length : random.NextDouble();
                slots[i] = tree.Find(u * tree.Sum);
                if (IsComplete(slots[i])) break;
            }

            weights[i] = (float)Math.Pow(Count * tree[slots[i]] / tree.Sum, exponent);
        }

        var most = 0f;
        foreach (var weight in weights) most = Math.Max(most, weight);
        foreach (ref var weight in weights) weight /= most;
    }
}
