using Strata.Memory;
using Strata.Nn;

namespace Strata.Reinforcement;

/// <summary>A3C for continuous actions (Mnih et al. 2016, section 9): a normal policy with μ linear and σ² = softplus(linear). The network's outputs are μ [d], what σ²
/// is made of [d] and V.</summary>
/// <param name="network">The network from observations [n, …] to [n, 2d + 1]; with its weights.</param>
/// <param name="space">What an observation is.</param>
/// <param name="actionSize">d.</param>
/// <param name="seed">The seed of the actions.</param>
/// <param name="length">t_max.</param>
/// <param name="discount">γ.</param>
/// <param name="entropy">β.</param>
/// <param name="valueWeight">The weight of the loss of V.</param>
public sealed class ContinuousActorCriticLearner(
    Model network, Space space, int actionSize, long seed, int length = 5, double discount = 0.99, double entropy = 1e-4, double valueWeight = 0.5)
    : IAsyncLearner
{
    const float Least = 1e-4f; // of the variance

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
        var output = network.Apply(Observations.ToTensor(observation, space.Shape.Batch(1), space.DType)).AsSpan<float>();
        Span<float> deviation = stackalloc float[actionSize];
        for (var i = 0; i < actionSize; i++) deviation[i] = MathF.Sqrt(MathF.Log(1 + MathF.Exp(Math.Min(output[actionSize + i], 20))) + Least);
        Exploration.Gaussian(output[..actionSize], deviation, random, action);
    }

    /// <inheritdoc/>
    public Tensor[] Learn(Segment segment)
    {
        var last = Observations.ToTensor(segment.Observation(segment.Count), space.Shape.Batch(1), space.DType);
        var bootstrap = segment.Terminated ? 0 : network.Apply(last)[0, ^1].Item();
        var returns = new float[segment.Count];
        Returns.Discounted(segment.Rewards, discount, bootstrap, returns);
        return Step([segment.States(), Tensor.From(segment.Actions, [segment.Count, actionSize]), Tensor.From(returns)]);
    }

    /// <summary>The gradients as a function of tensors: observations [T, …], actions [T, d], returns R [T].</summary>
    public Tensor[] Step(Tensor[] inputs) => Gradient.Of(() => Loss(inputs[0], inputs[1], inputs[2]), network.TrainableWeights);

    /// <summary>−Σ ln π(a)(R − V) − βΣ H(π) + ½Σ (R − V)².</summary>
    public Tensor Loss(Tensor observations, Tensor actions, Tensor returns)
    {
        var output = network.Apply(observations, training: true);
        var policy = new DiagonalGaussian(output[.., ..actionSize], output[.., actionSize..^1].Softplus() + Least);
        var advantage = returns - output[.., ^1];
        return (valueWeight * advantage.Square().Sum())
            - (policy.LogProbability(actions) * advantage.StopGradient()).Sum()
            - (entropy * policy.Entropy().Sum());
    }

    /// <inheritdoc/>
    public void Refresh(SharedParameters parameters)
    {
    }
}
