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
    int implementation = 1) : GatedCell(4, units, activation, recurrentActivation, useBias, dropout, recurrentDropout, implementation)
{
    internal static LSTMCell FromConfig(Config c) => new(
        c.Int("units"), c.Object<Activation>("activation"), c.Object<Activation>("recurrent_activation"), c.Bool("use_bias"), c.Bool("unit_forget_bias"), c.Double("dropout"), c.Double("recurrent_dropout"), c.Int("implementation"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        base.Write(config);
        config["unit_forget_bias"] = unitForgetBias;
    }

    /// <inheritdoc/>
    public override Shape[] StateShapes(Shape step) => [[Units], [Units]];

    /// <inheritdoc/>
    public override RecurrentCell Copy() => new LSTMCell(Units, Activation, RecurrentActivation, UsesBias, unitForgetBias, Dropout, RecurrentDropout, Implementation)
    {
        Settings = Settings,
        DType = DType,
        Trainable = Trainable,
    };

    private protected override Initializer FirstBias => unitForgetBias ? new UnitForget(BiasInitializer) : BiasInitializer;

    /// <inheritdoc/>
    protected override Tensor[] Call(Tensor[] x, CallContext context)
    {
        var masks = Masks(x.AsSpan(3), x[0].Shape, context);
        var gates = InputShare(x[0], masks.Input) + Project(x[1], U, masks.State, Product);
        if (Gating != Gating.Composed)
        {
            var (h, c) = Tensor.LstmStep(gates, x[2], Gating == Gating.HardSigmoid);
            return [h, h, c];
        }

        var a = gates.Split(4, 1);
        var cell = (RecurrentActivation.Of(a[1]) * x[2]) + (RecurrentActivation.Of(a[0]) * Activation.Of(a[2]));
        var y = RecurrentActivation.Of(a[3]) * Activation.Of(cell);
        return [y, y, cell];
    }

    private protected override (Tensor Output, Tensor[] States) Run(SequenceInput input, CallContext context)
    {
        if (Gating == Gating.Composed || DropsState(context)) return Steps(input, context);
        var step = input.X.Shape.Without(1);
        var x = InputShare(input.X, Masks([], step, context).Input);
        var (h, c) = Tensor.Lstm(x, input.States[0], input.States[1], U, input.Mask, Gating == Gating.HardSigmoid, input.Reverse);
        return (input.Wanted(h), [input.Last(h), input.Last(c)]);
    }
}
