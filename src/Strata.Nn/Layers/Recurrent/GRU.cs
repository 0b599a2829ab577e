namespace Strata.Nn;

/// <summary>A network of gated recurrent units (Cho et al. 2014; see <see cref="GRUCell"/>);  x [n, t, in] → y [n, units] or [n, t, units].</summary>
/// <remarks>With the default activation and without recurrent dropout all steps run in one kernel.</remarks>
public sealed class GRU : KernelRNN
{
    /// <summary>Makes a network of gated recurrent units.</summary>
    /// <param name="units">The size of the output.</param>
    /// <param name="activation">By default tanh.</param>
    /// <param name="recurrentActivation">That of the gates, by default <see cref="Activation.HardSigmoid"/> as in Keras 2.2.4; later versions take <see cref="Activation.Sigmoid"/>.</param>
    /// <param name="useBias">Whether there is a bias.</param>
    /// <param name="dropout">The share of the input that is dropped in training, the same at all steps.</param>
    /// <param name="recurrentDropout">The share of the state that is dropped in training, the same at all steps.</param>
    /// <param name="implementation">1: each gate drops something else; 2: all the same.</param>
    /// <param name="resetAfter">Whether the reset gate comes after the product with the recurrent kernel, as in cuDNN and PyTorch.</param>
    /// <param name="returnSequences">Whether the outputs of all steps are wanted, not the last alone.</param>
    /// <param name="returnState">Whether the final states are outputs, too.</param>
    /// <param name="goBackwards">Whether to go from the last step to the first; outputs stay in that order.</param>
    /// <param name="stateful">Whether a batch begins with the states that the one before ended with.</param>
    public GRU(
        int units,
        Activation? activation = null,
        Activation? recurrentActivation = null,
        bool useBias = true,
        double dropout = 0,
        double recurrentDropout = 0,
        int implementation = 1,
        bool resetAfter = false,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false)
        : base(new GRUCell(units, activation, recurrentActivation, useBias, dropout, recurrentDropout, implementation, resetAfter), returnSequences, returnState, goBackwards, stateful)
    {
    }

    GRU(GRUCell cell, Config config)
        : base(cell, config)
    {
    }

    internal static new GRU FromConfig(Config c) => new(GRUCell.FromConfig(c), c);
}
