using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>A network of gated recurrent units (Cho et al. 2014; see <see cref="GRUCell"/>);  x [n, t, in] → y [n, units] or [n, t, units].</summary>
/// <remarks>With the default activation and without recurrent dropout all steps run in one kernel.</remarks>
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
public sealed class GRU(
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
    bool stateful = false) : KernelRNN(returnSequences, returnState, goBackwards, stateful)
{
    readonly int units = Positive(units, nameof(units));

    internal static new GRU FromConfig(Config c) => new(
        c.Int("units"), c.Object<Activation>("activation"), c.Object<Activation>("recurrent_activation"), c.Bool("use_bias"), c.Double("dropout"), c.Double("recurrent_dropout"), c.Int("implementation"), c.Bool("reset_after"),
        c.Bool("return_sequences"), c.Bool("return_state"), c.Bool("go_backwards"), c.Bool("stateful"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        (config["units"], config["activation"], config["recurrent_activation"]) = (units, Config.Of(activation), Config.Of(recurrentActivation));
        (config["use_bias"], config["reset_after"]) = (useBias, resetAfter);
        (config["dropout"], config["recurrent_dropout"], config["implementation"]) = (dropout, recurrentDropout, implementation);
    }

    private protected override RecurrentCell MakeCell() => new GRUCell(units, activation, recurrentActivation, useBias, dropout, recurrentDropout, implementation, resetAfter)
    {
        Settings = Settings,
        DType = DType,
    };
}
