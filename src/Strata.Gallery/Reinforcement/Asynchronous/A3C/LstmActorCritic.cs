using Strata.Nn;

namespace Strata.Gallery.Reinforcement.Asynchronous;

/// <summary>A layer of ReLU units, an LSTM cell (Hochreiter and Schmidhuber 1997) and, as one layer, logits and value: [n, d], h, c [n, units] to
/// [n, actions + 1], h', c'.</summary>
public sealed class LstmActorCritic : Model
{
    readonly Dense hidden, input, recurrent, head;

    /// <summary>Creates the network.</summary>
    /// <param name="width">ReLU units before the cell; 256 in the paper.</param>
    /// <param name="units">Of the cell; 256 in the paper.</param>
    /// <param name="actions">How many actions there are.</param>
    /// <param name="observation">The shape of an observation.</param>
    /// <param name="seed">The seed of the first weights.</param>
    public LstmActorCritic(int width, int units, int actions, Shape observation, long seed)
    {
        Seed = seed;
        (hidden, input) = (Track(new Dense(width, Activation.Relu)), Track(new Dense(4 * units)));
        (recurrent, head) = (Track(new Dense(4 * units, useBias: false)), Track(new Dense(actions + 1)));
        Apply([Tensor.Zeros([1, .. observation]), Tensor.Zeros([1, units]), Tensor.Zeros([1, units])], new CallContext(random: Random));
    }

    /// <inheritdoc/>
    protected override Tensor[] Call(Tensor[] x, CallContext context)
    {
        var gates = (input.Apply(hidden.Apply(x[0], context), context) + recurrent.Apply(x[1], context)).Split(4, 1);
        var (i, f, o) = (gates[0].Sigmoid(), (gates[1] + 1.0).Sigmoid(), gates[2].Sigmoid()); // the cell remembers to begin with
        var c = (f * x[2]) + (i * gates[3].Tanh());
        var h = o * c.Tanh();
        return [head.Apply(h, context), h, c];
    }
}
