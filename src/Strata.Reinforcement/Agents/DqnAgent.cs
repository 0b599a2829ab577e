using System.Runtime.InteropServices;
using Strata.Memory;
using Strata.Nn;

namespace Strata.Reinforcement;

/// <summary>An agent that learns what actions are worth from replayed transitions: a deep Q-network, its double form, or plain Q-learning.</summary>
public sealed class DqnAgent
{
    readonly Model online, target;
    readonly Optimizer optimizer;
    readonly Shape state;
    readonly DType type;
    readonly NumpyRandom random;
    readonly Func<Tensor[], Tensor[]> step;

    /// <summary>Creates an agent.</summary>
    /// <param name="network">Makes the network from states [n, …] to values [n, actions], twice.</param>
    /// <param name="state">The shape of a state.</param>
    /// <param name="type">The type of its numbers.</param>
    /// <param name="optimizer">What changes the weights.</param>
    /// <param name="rule">What the network is taught.</param>
    /// <param name="seed">The seed of exploration.</param>
    public DqnAgent(Func<Model> network, Shape state, DType type, Optimizer optimizer, TargetRule rule = TargetRule.DoubleDqn, long seed = 0)
    {
        (online, target) = (network(), network());
        (this.optimizer, this.state, this.type, Rule) = (optimizer, state, type, rule);
        random = new NumpyRandom(seed);
        step = Compiled.Function<Tensor[], Tensor[]>(Step);
        online.BuildFor(state, type);
        target.BuildFor(state, type);
        Refresh();
    }

    /// <summary>The network that acts and learns.</summary>
    public Model Network => online;

    /// <summary>What the network is taught.</summary>
    public TargetRule Rule { get; }

    /// <summary>Whether the losses of a batch are summed, not averaged.</summary>
    public bool SumsLosses { get; init; }

    /// <summary>Updates made so far.</summary>
    public long Updates { get; private set; }

    /// <summary>Copies the network's weights to the target network.</summary>
    public void Refresh() => TargetNetwork.Follow(target, online);

    /// <summary>Moves the target network toward the network: θ⁻ ← τθ + (1 − τ)θ⁻.</summary>
    public void Follow(double rate) => TargetNetwork.Follow(target, online, rate);

    /// <summary>An ε-greedy action.</summary>
    /// <param name="state">The state as raw memory.</param>
    /// <param name="epsilon">ε.</param>
    public int Act(ReadOnlySpan<byte> state, double epsilon) => Act(state, epsilon, out _);

    /// <summary>An ε-greedy action, and the largest of the values that it was chosen by.</summary>
    /// <param name="state">The state as raw memory.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="value">max_a Q(s, a; θ).</param>
    public int Act(ReadOnlySpan<byte> state, double epsilon, out double value)
    {
        using var scope = new TensorScope();
        var q = online.Apply(Observations.ToTensor(state, this.state.Batch(1), type));
        var values = q.AsSpan<float>();
        var best = Exploration.Greedy(values, random);
        value = values[best];
        var action = random.Chance(epsilon) ? random.NextInt(values.Length) : best;
        GC.KeepAlive(q);
        return action;
    }

    /// <summary>An ε-greedy action where the value does not matter: random ones cost nothing.</summary>
    internal int Explore(ReadOnlySpan<byte> state, double epsilon, int actions) =>
        random.Chance(epsilon) ? random.NextInt(actions) : Act(state, 0);

    /// <summary>Learns from a batch of transitions.</summary>
    /// <param name="replay">Where they are drawn from.</param>
    /// <param name="count">How many.</param>
    public void Learn(ReplayBuffer replay, int count) => Learn(replay.Sample(count, random), replay);

    /// <summary>Learns from given transitions.</summary>
    public void Learn(ReplayBatch batch, ReplayBuffer? replay = null)
    {
        using var scope = new TensorScope();
        var errors = step(batch.Inputs)[0];
        replay?.Update(batch, errors.AsSpan<float>());
        Updates++;
    }

    /// <summary>One update as a function of tensors: those of <see cref="ReplayBatch.Inputs"/> to the temporal-difference errors δ [n].</summary>
    public Tensor[] Step(Tensor[] inputs)
    {
        var (states, actions, weights) = (inputs[0], inputs[1], inputs[5]);
        var wanted = Targets(inputs[2], inputs[3], inputs[4]);
        var (_, errors, gradients) = Gradient.ValueAndGradient(
            () =>
            {
                var values = online.Apply(states, training: true).GatherAlong(actions, 1).Squeeze(1);   // Q(s, a; θ)  [n]
                // The gradient of Huber's loss is δ clipped to [−1, 1].
                var losses = weights * Loss.Huber.PerExample(wanted.ExpandDims(1), values.ExpandDims(1));
                return (SumsLosses ? losses.Sum() : losses.Mean(), wanted - values);
            },
            online.TrainableWeights);
        optimizer.Apply(online.TrainableWeights, gradients);
        return [errors];
    }

    /// <summary>y = r + γ·(what the <see cref="Rule"/> says that s' is worth) [n].</summary>
    /// <param name="rewards">r [n].</param>
    /// <param name="discounts">γ, 0 behind terminal steps [n].</param>
    /// <param name="next">s' [n, …].</param>
    public Tensor Targets(Tensor rewards, Tensor discounts, Tensor next) => rewards + (discounts * (Rule switch
    {
        TargetRule.QLearning => online.Apply(next).Max(1),
        TargetRule.Dqn => target.Apply(next).Max(1),
        _ => target.Apply(next).GatherAlong(online.Apply(next).ArgMax(1, keepDims: true), 1).Squeeze(1),
    }));

    /// <summary>Q(s, ·; θ) of a state.</summary>
    public float[] Values(ReadOnlySpan<byte> state)
    {
        using var scope = new TensorScope();
        return online.Apply(Observations.ToTensor(state, this.state.Batch(1), type)).ToArray<float>();
    }

    /// <summary>Q(s, ·; θ) of states of floats; a convenience for <see cref="Values(ReadOnlySpan{byte})"/>.</summary>
    public float[] Values(ReadOnlySpan<float> state) => Values(MemoryMarshal.AsBytes(state));
}
