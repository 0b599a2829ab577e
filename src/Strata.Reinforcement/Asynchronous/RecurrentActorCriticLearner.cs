using Strata.Memory;
using Strata.Nn;

namespace Strata.Reinforcement;

/// <summary>A3C with a memory (Mnih et al. 2016): the network takes observation, hidden state h and cell c, and gives logits and V as one tensor, and the next h and
/// c. The state goes on from segment to segment and begins at 0 with each episode; gradients go back to the beginning of the segment.</summary>
public sealed class RecurrentActorCriticLearner : IAsyncLearner
{
    readonly Space space;
    readonly NumpyRandom random;
    readonly double discount, entropy, valueWeight;
    readonly float[] h, c, firstH, firstC; // now, and at the beginning of the segment
    bool begins = true;

    /// <summary>Creates a learner.</summary>
    /// <param name="network">The network from [n, …], [n, units], [n, units] to [n, actions + 1], [n, units], [n, units]; with its weights.</param>
    /// <param name="space">What an observation is.</param>
    /// <param name="units">The size of h and of c.</param>
    /// <param name="seed">The seed of the actions.</param>
    /// <param name="length">t_max.</param>
    /// <param name="discount">γ.</param>
    /// <param name="entropy">β.</param>
    /// <param name="valueWeight">The weight of the loss of V.</param>
    public RecurrentActorCriticLearner(
        Model network, Space space, int units, long seed, int length = 5, double discount = 0.99, double entropy = 0.01, double valueWeight = 0.5)
    {
        (Network, this.space, SegmentLength, this.discount, this.entropy, this.valueWeight) = (network, space, length, discount, entropy, valueWeight);
        random = new NumpyRandom(seed);
        (h, c, firstH, firstC) = (new float[units], new float[units], new float[units], new float[units]);
    }

    /// <inheritdoc/>
    public Model Network { get; }

    /// <inheritdoc/>
    public int SegmentLength { get; }

    /// <summary>The hidden state.</summary>
    public ReadOnlySpan<float> Hidden => h;

    /// <inheritdoc/>
    public void BeginEpisode()
    {
        h.AsSpan().Clear();
        c.AsSpan().Clear();
    }

    /// <inheritdoc/>
    public void Act(ReadOnlySpan<byte> observation, long step, Span<float> action)
    {
        if (begins)
        {
            h.CopyTo(firstH, 0);
            c.CopyTo(firstC, 0);
            begins = false;
        }

        using var scope = new TensorScope();
        var output = Call(observation);
        action[0] = Exploration.Softmax(output[0].AsSpan<float>()[..^1], random);
        output[1].AsSpan<float>().CopyTo(h);
        output[2].AsSpan<float>().CopyTo(c);
        GC.KeepAlive(output);
    }

    /// <inheritdoc/>
    public Tensor[] Learn(Segment segment)
    {
        begins = true;
        var bootstrap = segment.Terminated ? 0 : Call(segment.Observation(segment.Count))[0][0, ^1].Item();
        var returns = new float[segment.Count];
        Returns.Discounted(segment.Rewards, discount, bootstrap, returns);
        return Step([segment.States(), segment.DiscreteActions(), Tensor.From(returns), Row(firstH), Row(firstC)]);
    }

    /// <summary>The gradients as a function of tensors: observations [T, …], actions [T, 1], returns R [T], first h and c [1, units].</summary>
    public Tensor[] Step(Tensor[] inputs) =>
        Gradient.Of(() => Loss(inputs[0], inputs[1], inputs[2], inputs[3], inputs[4]), Network.TrainableWeights);

    /// <summary>As <see cref="ActorCriticLearner.Loss"/>, the network going through the steps one by one.</summary>
    public Tensor Loss(Tensor observations, Tensor actions, Tensor returns, Tensor hidden, Tensor cell)
    {
        var context = new CallContext(training: true);
        var outputs = new List<Tensor>();
        foreach (var x in observations.Split(observations.Shape[0], 0))
        {
            var output = Network.Apply([x, hidden, cell], context);
            outputs.Add(output[0]);
            (hidden, cell) = (output[1], output[2]);
        }

        var all = Tensor.Concatenate([.. outputs], 0);                                                 // [T, actions + 1]
        var policy = new Categorical(all[.., ..^1]);
        var advantage = returns - all[.., ^1];
        return (valueWeight * advantage.Square().Sum())
            - (policy.LogProbability(actions) * advantage.StopGradient()).Sum()
            - (entropy * policy.Entropy().Sum());
    }

    /// <inheritdoc/>
    public void Refresh(SharedParameters parameters)
    {
    }

    Tensor[] Call(ReadOnlySpan<byte> observation) =>
        Network.Apply([Observations.ToTensor(observation, space.Shape.Batch(1), space.DType), Row(h), Row(c)], new CallContext());

    static Tensor Row(float[] state) => Tensor.From(state, [1, state.Length]);
}
