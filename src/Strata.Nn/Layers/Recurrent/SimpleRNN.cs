using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>A fully connected recurrent network (Elman 1990; see <see cref="SimpleRNNCell"/>);  x [n, t, in] → y [n, units] or [n, t, units].</summary>
/// <param name="units">The size of the output.</param>
/// <param name="activation">By default tanh.</param>
/// <param name="useBias">Whether there is a bias.</param>
/// <param name="dropout">The share of the input that is dropped in training, the same at all steps.</param>
/// <param name="recurrentDropout">The share of the state that is dropped in training, the same at all steps.</param>
/// <param name="returnSequences">Whether the outputs of all steps are wanted, not the last alone.</param>
/// <param name="returnState">Whether the final states are outputs, too.</param>
/// <param name="goBackwards">Whether to go from the last step to the first; outputs stay in that order.</param>
/// <param name="stateful">Whether a batch begins with the states that the one before ended with.</param>
public sealed class SimpleRNN(
    int units,
    Activation? activation = null,
    bool useBias = true,
    double dropout = 0,
    double recurrentDropout = 0,
    bool returnSequences = false,
    bool returnState = false,
    bool goBackwards = false,
    bool stateful = false) : KernelRNN(returnSequences, returnState, goBackwards, stateful)
{
    readonly int units = Positive(units, nameof(units));

    internal static new SimpleRNN FromConfig(Config c) => new(
        c.Int("units"), c.Object<Activation>("activation"), c.Bool("use_bias"), c.Double("dropout"), c.Double("recurrent_dropout"),
        c.Bool("return_sequences"), c.Bool("return_state"), c.Bool("go_backwards"), c.Bool("stateful"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) =>
        (config["units"], config["activation"], config["use_bias"], config["dropout"], config["recurrent_dropout"]) =
        (units, Config.Of(activation), useBias, dropout, recurrentDropout);

    private protected override RecurrentCell MakeCell() => new SimpleRNNCell(units, activation, useBias, dropout, recurrentDropout)
    {
        Settings = Settings,
        DType = DType,
    };
}
