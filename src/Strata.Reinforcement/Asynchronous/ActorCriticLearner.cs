using Strata.Memory;
using Strata.Nn;

namespace Strata.Reinforcement;

/// <summary>Asynchronous advantage actor-critic (A3C, Mnih et al. 2016, algorithm S3) for discrete actions. The network's last output is V, those before it the
/// logits of π: the two heads as one layer.</summary>
/// <param name="network">The network from observations [n, …] to [n, actions + 1]; with its weights.</param>
/// <param name="space">What an observation is.</param>
/// <param name="seed">The seed of the actions.</param>
/// <param name="length">t_max.</param>
/// <param name="discount">γ.</param>
/// <param name="entropy">β.</param>
/// <param name="valueWeight">The weight of the loss of V.</param>
public sealed class ActorCriticLearner(
    Model network, Space space, long seed, int length = 5, double discount = 0.99, double entropy = 0.01, double valueWeight = 0.5)
    : IAsyncLearner
{
    readonly NumpyRandom random = new(seed);

    /// <inheritdoc/>
    public Model Network => network;

    /// <inheritdoc/>
    public int SegmentLength => length;

    /// <inheritdoc/>
    public void BeginEpisode()
    {
    }

    /// <inheritdoc/>
    public void Act(ReadOnlySpan<byte> observation, long step, Span<float> action)
    {
        using var scope = new TensorScope();
        var output = network.Apply(Observations.ToTensor(observation, space.Shape.Batch(1), space.DType));
        action[0] = Exploration.Softmax(output.AsSpan<float>()[..^1], random);
        GC.KeepAlive(output);
    }

    /// <inheritdoc/>
    public Tensor[] Learn(Segment segment)
    {
        var last = Observations.ToTensor(segment.Observation(segment.Count), space.Shape.Batch(1), space.DType);
        var bootstrap = segment.Terminated ? 0 : network.Apply(last)[0, ^1].Item();
        var returns = new float[segment.Count];
        Returns.Discounted(segment.Rewards, discount, bootstrap, returns);
        return Step([segment.States(), segment.DiscreteActions(), Tensor.From(returns)]);
    }

    /// <summary>The gradients as a function of tensors: observations [T, …], actions [T, 1], returns R [T].</summary>
    public Tensor[] Step(Tensor[] inputs) => Gradient.Of(() => Loss(inputs[0], inputs[1], inputs[2]), network.TrainableWeights);

    /// <summary>−Σ ln π(a)(R − V) − βΣ H(π) + ½Σ (R − V)², R − V being constant in the first sum.</summary>
    public Tensor Loss(Tensor observations, Tensor actions, Tensor returns)
    {
        var output = network.Apply(observations, training: true);
        var policy = new Categorical(output[.., ..^1]);
        var advantage = returns - output[.., ^1];                                                      // [T]
        return (valueWeight * advantage.Square().Sum())
            - (policy.LogProbability(actions) * advantage.StopGradient()).Sum()
            - (entropy * policy.Entropy().Sum());
    }

    /// <inheritdoc/>
    public void Refresh(SharedParameters parameters)
    {
    }
}
