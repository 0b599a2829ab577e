namespace Strata.Nn;

/// <summary>A fully connected recurrent network (Elman 1990; see <see cref="SimpleRNNCell"/>);  x [n, t, in] → y [n, units] or [n, t, units].</summary>
public sealed class SimpleRNN : KernelRNN
{
    /// <summary>Makes a fully connected recurrent network.</summary>
    /// <param name="units">The size of the output.</param>
    /// <param name="activation">By default tanh.</param>
    /// <param name="useBias">Whether there is a bias.</param>
    /// <param name="dropout">The share of the input that is dropped in training, the same at all steps.</param>
    /// <param name="recurrentDropout">The share of the state that is dropped in training, the same at all steps.</param>
    /// <param name="returnSequences">Whether the outputs of all steps are wanted, not the last alone.</param>
    /// <param name="returnState">Whether the final states are outputs, too.</param>
    /// <param name="goBackwards">Whether to go from the last step to the first; outputs stay in that order.</param>
    /// <param name="stateful">Whether a batch begins with the states that the one before ended with.</param>
    public SimpleRNN(
        int units,
        Activation? activation = null,
        bool useBias = true,
        double dropout = 0,
        double recurrentDropout = 0,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false)
        : base(new SimpleRNNCell(units, activation, useBias, dropout, recurrentDropout), returnSequences, returnState, goBackwards, stateful)
    {
    }

    SimpleRNN(SimpleRNNCell cell, Config config)
        : base(cell, config)
    {
    }

    internal static new SimpleRNN FromConfig(Config c) => new(SimpleRNNCell.FromConfig(c), c);
}
