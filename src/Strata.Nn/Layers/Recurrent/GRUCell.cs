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
    bool resetAfter = false) : KernelCell(3, dropout, recurrentDropout, implementation)
{
    readonly int units = Positive(units, nameof(units));
    readonly Activation activation = activation ?? Activation.Tanh, recurrentActivation = recurrentActivation ?? Activation.HardSigmoid;
    Variable w = null!, u = null!;
    Variable? b;

    Gating Gating => Gatings.Of(activation, recurrentActivation);

    internal static GRUCell FromConfig(Config c) => new(
        c.Int("units"), c.Object<Activation>("activation"), c.Object<Activation>("recurrent_activation"), c.Bool("use_bias"), c.Double("dropout"), c.Double("recurrent_dropout"), c.Int("implementation"), c.Bool("reset_after"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        (config["units"], config["activation"], config["recurrent_activation"]) = (units, Config.Of(activation), Config.Of(recurrentActivation));
        (config["use_bias"], config["reset_after"]) = (useBias, resetAfter);
        (config["dropout"], config["recurrent_dropout"], config["implementation"]) = (Dropout, RecurrentDropout, Implementation);
    }

    /// <inheritdoc/>
    public override Shape[] StateShapes(Shape step) => [[units]];

    /// <inheritdoc/>
    public override RecurrentCell Copy() => new GRUCell(units, activation, recurrentActivation, useBias, Dropout, RecurrentDropout, Implementation, resetAfter)
    {
        Settings = Settings,
        DType = DType,
        Trainable = Trainable,
    };

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        CheckStep(x);
        (w, u) = (Kernel([x[^1], 3 * units]), RecurrentKernel([units, 3 * units]));
        b = useBias ? Bias(resetAfter ? [2, 3 * units] : [3 * units]) : null;
    }

    /// <inheritdoc/>
    protected override Tensor[] Call(Tensor[] x, CallContext context)
    {
        var (masks, h) = (Masks(x.AsSpan(2), x[0].Shape, context), x[1]);
        var input = InputShare(x[0], masks.Input);
        var y = resetAfter ? ResetAfter(input, Project(h, u, masks.State, Product) + RecurrentBias(), h) : ResetBefore(input, h, masks.State);
        return [y, y];
    }

    private protected override (Tensor Output, Tensor[] States) Run(SequenceInput input, CallContext context)
    {
        if (Gating == Gating.Composed || DropsState(context)) return base.Run(input, context);
        var step = input.X.Shape.Without(1);
        var x = InputShare(input.X, Masks([], step, context).Input);
        var h = Tensor.Gru(x, input.States[0], u, resetAfter ? RecurrentBias() : null, input.Mask, Gating == Gating.HardSigmoid, input.Reverse);
        return (input.Wanted(h), [input.Last(h)]);
    }

    Tensor ResetAfter(Tensor input, Tensor recurrent, Tensor h)
    {
        if (Gating != Gating.Composed) return Tensor.GruStep(input, recurrent, h, Gating == Gating.HardSigmoid);
        var (own, share) = (input.Split(3, 1), recurrent.Split(3, 1));
        var (z, r) = (recurrentActivation.Of(own[0] + share[0]), recurrentActivation.Of(own[1] + share[1]));
        return Mixed(z, h, activation.Of(own[2] + (r * share[2])));
    }

    Tensor ResetBefore(Tensor input, Tensor h, Tensor[] masks)
    {
        var (own, kernels) = (input.Split(3, 1), u.Borrow().Split([2 * units, units], 1));
        var share = Project(h, kernels[0], masks.Length == 3 ? masks[..2] : masks, Product).Split(2, 1);
        var (z, r) = (recurrentActivation.Of(own[0] + share[0]), recurrentActivation.Of(own[1] + share[1]));
        return Mixed(z, h, activation.Of(own[2] + Project(r * h, kernels[1], masks.Length == 3 ? masks[2..] : masks, Product)));
    }

    static Tensor Mixed(Tensor z, Tensor h, Tensor g) => g + (z * (h - g));

    Tensor InputShare(Tensor x, Tensor[] masks)
    {
        var y = Project(x, w, masks, Product);
        return b is null ? y : y + (resetAfter ? b.Borrow()[0] : b);
    }

    Tensor RecurrentBias() => b is null ? Tensor.Zeros([3 * units], DType) : b.Borrow()[1];
}
