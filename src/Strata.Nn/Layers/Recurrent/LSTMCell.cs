using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>A step of a long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers, Schmidhuber and Cummins 2000):
/// i, f, o = σ(x·W + h·U + b), c' = f·c + i·φ(x·W + h·U + b), h' = o·φ(c');  x [n, in], h and c [n, units].</summary>
/// <remarks>The gates stand side by side in the order i, f, c, o: W [in, 4·units], U [units, 4·units], b [4·units].</remarks>
/// <param name="units">The size of the states.</param>
/// <param name="activation">φ, by default tanh.</param>
/// <param name="recurrentActivation">σ, by default <see cref="Activation.HardSigmoid"/> as in Keras 2.2.4; later versions take <see cref="Activation.Sigmoid"/>.</param>
/// <param name="useBias">Whether b is there.</param>
/// <param name="unitForgetBias">Whether b begins at 1 for the forget gate.</param>
/// <param name="dropout">The share of the input that is dropped in training.</param>
/// <param name="recurrentDropout">The share of h that is dropped in training.</param>
/// <param name="implementation">1: each gate drops something else; 2: all the same.</param>
public sealed class LSTMCell(
    int units,
    Activation? activation = null,
    Activation? recurrentActivation = null,
    bool useBias = true,
    bool unitForgetBias = true,
    double dropout = 0,
    double recurrentDropout = 0,
    int implementation = 1) : KernelCell(4, dropout, recurrentDropout, implementation)
{
    readonly int units = Positive(units, nameof(units));
    readonly Activation activation = activation ?? Activation.Tanh, recurrentActivation = recurrentActivation ?? Activation.HardSigmoid;
    Variable w = null!, u = null!;
    Variable? b;

    Gating Gating => Gatings.Of(activation, recurrentActivation);

    internal static LSTMCell FromConfig(Config c) => new(
        c.Int("units"), c.Object<Activation>("activation"), c.Object<Activation>("recurrent_activation"), c.Bool("use_bias"), c.Bool("unit_forget_bias"), c.Double("dropout"), c.Double("recurrent_dropout"), c.Int("implementation"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        (config["units"], config["activation"], config["recurrent_activation"]) = (units, Config.Of(activation), Config.Of(recurrentActivation));
        (config["use_bias"], config["unit_forget_bias"]) = (useBias, unitForgetBias);
        (config["dropout"], config["recurrent_dropout"], config["implementation"]) = (Dropout, RecurrentDropout, Implementation);
    }

    /// <inheritdoc/>
    public override Shape[] StateShapes(Shape step) => [[units], [units]];

    /// <inheritdoc/>
    public override RecurrentCell Copy() => new LSTMCell(units, activation, recurrentActivation, useBias, unitForgetBias, Dropout, RecurrentDropout, Implementation)
    {
        Settings = Settings,
        DType = DType,
        Trainable = Trainable,
    };

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        CheckStep(x);
        (w, u) = (Kernel([x[^1], 4 * units]), RecurrentKernel([units, 4 * units]));
        b = useBias ? Bias([4 * units], unitForgetBias ? new UnitForget(BiasInitializer) : null) : null;
    }

    /// <inheritdoc/>
    protected override Tensor[] Call(Tensor[] x, CallContext context)
    {
        var masks = Masks(x.AsSpan(3), x[0].Shape, context);
        var gates = InputShare(x[0], masks.Input) + Project(x[1], u, masks.State, Product);
        if (Gating != Gating.Composed)
        {
            var (h, c) = Tensor.LstmStep(gates, x[2], Gating == Gating.HardSigmoid);
            return [h, h, c];
        }

        var a = gates.Split(4, 1);
        var cell = (recurrentActivation.Of(a[1]) * x[2]) + (recurrentActivation.Of(a[0]) * activation.Of(a[2]));
        var y = recurrentActivation.Of(a[3]) * activation.Of(cell);
        return [y, y, cell];
    }

    private protected override (Tensor Output, Tensor[] States) Run(SequenceInput input, CallContext context)
    {
        if (Gating == Gating.Composed || DropsState(context)) return base.Run(input, context);
        var step = input.X.Shape.Without(1);
        var x = InputShare(input.X, Masks([], step, context).Input);
        var (h, c) = Tensor.Lstm(x, input.States[0], input.States[1], u, input.Mask, Gating == Gating.HardSigmoid, input.Reverse);
        return (input.Wanted(h), [input.Last(h), input.Last(c)]);
    }

    Tensor InputShare(Tensor x, Tensor[] masks)
    {
        var y = Project(x, w, masks, Product);
        return b is null ? y : y + b;
    }
}
