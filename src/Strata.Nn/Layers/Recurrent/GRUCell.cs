using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>A step of a gated recurrent unit (Cho et al. 2014): z, r = σ(x·W + h·U + b), g = φ(x·W_g + (r·h)·U_g + b_g), h' = z·h + (1 − z)·g;
/// x [n, in], h [n, units].</summary>
/// <remarks>The gates stand side by side in the order z, r, h: W [in, 3·units], U [units, 3·units], b [3·units]; with
/// <paramref name="resetAfter"/> g = φ(x·W_g + b_g + r·(h·U_g + b'_g)) and b is [2, 3·units], which is what cuDNN and PyTorch compute.</remarks>
/// <param name="units">The size of the state.</param>
/// <param name="activation">φ, by default tanh.</param>
/// <param name="recurrentActivation">σ, by default <see cref="Activation.HardSigmoid"/> as in Keras 2.2.4; later versions take <see cref="Activation.Sigmoid"/>.</param>
/// <param name="useBias">Whether b is there.</param>
/// <param name="dropout">The share of the input that is dropped in training.</param>
/// <param name="recurrentDropout">The share of h that is dropped in training.</param>
/// <param name="implementation">1: each gate drops something else; 2: all the same.</param>
/// <param name="resetAfter">Whether the reset gate comes after the product with U.</param>
public sealed class GRUCell(
    int units,
    Activation? activation = null,
    Activation? recurrentActivation = null,
    bool useBias = true,
    double dropout = 0,
    double recurrentDropout = 0,
    int implementation = 1,
    bool resetAfter = false) : GatedCell(3, units, activation, recurrentActivation, useBias, dropout, recurrentDropout, implementation)
{
    internal static GRUCell FromConfig(Config c) => new(
        c.Int("units"), c.Object<Activation>("activation"), c.Object<Activation>("recurrent_activation"), c.Bool("use_bias"), c.Double("dropout"), c.Double("recurrent_dropout"), c.Int("implementation"), c.Bool("reset_after"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        base.Write(config);
        config["reset_after"] = resetAfter;
    }

    /// <inheritdoc/>
    public override Shape[] StateShapes(Shape step) => [[Units]];

    /// <inheritdoc/>
    public override RecurrentCell Copy() => new GRUCell(Units, Activation, RecurrentActivation, UsesBias, Dropout, RecurrentDropout, Implementation, resetAfter)
    {
        Settings = Settings,
        DType = DType,
        Trainable = Trainable,
    };

    private protected override Shape BiasShape => resetAfter ? [2, 3 * Units] : [3 * Units];

    private protected override Tensor InputBias(Tensor b) => resetAfter ? b[0] : b;

    /// <inheritdoc/>
    protected override Tensor[] Call(Tensor[] x, CallContext context)
    {
        var (masks, h) = (Masks(x.AsSpan(2), x[0].Shape, context), x[1]);
        var input = InputShare(x[0], masks.Input);
        var y = resetAfter ? ResetAfter(input, Project(h, U, masks.State, Product) + RecurrentBias(), h) : ResetBefore(input, h, masks.State);
        return [y, y];
    }

    private protected override (Tensor Output, Tensor[] States) Run(SequenceInput input, CallContext context)
    {
        if (Gating == Gating.Composed || DropsState(context)) return Steps(input, context);
        var step = input.X.Shape.Without(1);
        var x = InputShare(input.X, Masks([], step, context).Input);
        var h = Tensor.Gru(x, input.States[0], U, resetAfter ? RecurrentBias() : null, input.Mask, Gating == Gating.HardSigmoid, input.Reverse);
        return (input.Wanted(h), [input.Last(h)]);
    }

    Tensor ResetAfter(Tensor input, Tensor recurrent, Tensor h)
    {
        if (Gating != Gating.Composed) return Tensor.GruStep(input, recurrent, h, Gating == Gating.HardSigmoid);
        var (own, share) = (input.Split(3, 1), recurrent.Split(3, 1));
        var (z, r) = (RecurrentActivation.Of(own[0] + share[0]), RecurrentActivation.Of(own[1] + share[1]));
        return Mixed(z, h, Activation.Of(own[2] + (r * share[2])));
    }

    Tensor ResetBefore(Tensor input, Tensor h, Tensor[] masks)
    {
        var (own, kernels) = (input.Split(3, 1), U.Borrow().Split([2 * Units, Units], 1));
        var share = Project(h, kernels[0], masks.Length == 3 ? masks[..2] : masks, Product).Split(2, 1);
        var (z, r) = (RecurrentActivation.Of(own[0] + share[0]), RecurrentActivation.Of(own[1] + share[1]));
        return Mixed(z, h, Activation.Of(own[2] + Project(r * h, kernels[1], masks.Length == 3 ? masks[2..] : masks, Product)));
    }

    static Tensor Mixed(Tensor z, Tensor h, Tensor g) => g + (z * (h - g));

    Tensor RecurrentBias() => B is null ? Tensor.Zeros([3 * Units], DType) : B.Borrow()[1];
}
