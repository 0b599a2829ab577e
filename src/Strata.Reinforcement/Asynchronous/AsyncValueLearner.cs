using Strata.Memory;
using Strata.Nn;

namespace Strata.Reinforcement;

/// <summary>The asynchronous value methods: one-step Q-learning, one-step Sarsa and n-step Q-learning, ε-greedy, without replay.</summary>
public sealed class AsyncValueLearner : IAsyncLearner
{
    readonly Model target;
    readonly Space space;
    readonly AsyncTarget method;
    readonly Schedule epsilon;
    readonly NumpyRandom random;
    readonly double discount;
    double current = 1; // ε of the last choice
    int planned = -1; // Sarsa: the action that the last target was made with, which is taken next

    /// <summary>Creates a learner.</summary>
    /// <param name="network">Makes the network from observations [n, …] to values [n, actions], twice.</param>
    /// <param name="space">What an observation is.</param>
    /// <param name="method">What is taught.</param>
    /// <param name="epsilon">ε over the steps of all actors.</param>
    /// <param name="seed">The seed of exploration.</param>
    /// <param name="length">I_AsyncUpdate, and t_max of n-step Q.</param>
    /// <param name="discount">γ.</param>
    public AsyncValueLearner(Func<Model> network, Space space, AsyncTarget method, Schedule epsilon, long seed, int length = 5, double discount = 0.99)
    {
        (Network, target) = (network(), network());
        Network.BuildFor(space.Shape, space.DType);
        target.BuildFor(space.Shape, space.DType);
        (this.space, this.method, this.epsilon, this.discount, SegmentLength) = (space, method, epsilon, discount, length);
        random = new NumpyRandom(seed);
    }

    /// <inheritdoc/>
    public Model Network { get; }

    /// <inheritdoc/>
    public int SegmentLength { get; }

    /// <summary>The ε that an actor ends with: .1, .01 or .5, with the chances .4, .3 and .3.</summary>
    public static double FinalEpsilon(NumpyRandom random) => random.NextDouble() switch
    {
        < 0.4 => 0.1,
        < 0.7 => 0.01,
        _ => 0.5,
    };

    /// <inheritdoc/>
    public void BeginEpisode() => planned = -1;

    /// <inheritdoc/>
    public void Act(ReadOnlySpan<byte> observation, long step, Span<float> action)
    {
        if (planned >= 0)
        {
            (action[0], planned) = (planned, -1);
            return;
        }

        current = epsilon.At(step);
        action[0] = Choose(observation, current);
    }

    int Choose(ReadOnlySpan<byte> observation, double epsilon)
    {
        using var scope = new TensorScope();
        var q = Network.Apply(Observations.ToTensor(observation, space.Shape.Batch(1), space.DType));
        var action = Exploration.EpsilonGreedy(q.AsSpan<float>(), epsilon, random);
        GC.KeepAlive(q);
        return action;
    }

    /// <inheritdoc/>
    public Tensor[] Learn(Segment segment)
    {
        var targets = new float[segment.Count];
        var next = target.Apply(segment.NextStates());
        var values = next.AsSpan<float>();
        var m = values.Length / segment.Count;
        if (method == AsyncTarget.NStepQ)
        {
            var bootstrap = segment.Terminated ? 0 : Most(values[^m..]);
            Returns.Discounted(segment.Rewards, discount, bootstrap, targets);
        }
        else
        {
            for (var t = 0; t < targets.Length; t++)
            {
                var isLast = t == targets.Length - 1;
                var row = values.Slice(t * m, m);
                var worth = isLast && segment.Terminated ? 0 : method == AsyncTarget.OneStepQ ? Most(row) : row[isLast ? Plan(segment) : (int)segment.Actions[t + 1]];
                targets[t] = (float)(segment.Rewards[t] + (discount * worth));
            }
        }

        GC.KeepAlive(next);
        return Step([segment.States(), segment.DiscreteActions(), Tensor.From(targets)]);
    }

    /// <summary>The gradients of ½Σ (y − Q(s, a; θ))² as a function of tensors: observations [T, …], actions [T, 1], targets y [T].</summary>
    public Tensor[] Step(Tensor[] inputs) => Gradient.Of(
        () => 0.5 * (inputs[2] - Network.Apply(inputs[0], training: true).GatherAlong(inputs[1], 1).Squeeze(1)).Square().Sum(),
        Network.TrainableWeights);

    /// <inheritdoc/>
    public void Refresh(SharedParameters parameters) => parameters.CopyTo(target);

    int Plan(Segment segment)
    {
        var action = Choose(segment.Observation(segment.Count), current);
        if (!segment.Done) planned = action;
        return action;
    }

    static float Most(ReadOnlySpan<float> values)
    {
        var most = float.NegativeInfinity;
        foreach (var value in values) most = Math.Max(most, value);
        return most;
    }
}
