using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>What cells whose gates stand side by side in their weights have in common:  W [in, gates·units], U [units, gates·units].</summary>
public abstract class GatedCell : KernelCell
{
    private protected GatedCell(
        int gates, int units, Activation? activation, Activation? recurrentActivation, bool useBias, double dropout, double recurrentDropout, int implementation)
        : base(gates, dropout, recurrentDropout, implementation)
    {
        Units = Positive(units, nameof(units), GetType().Name);
        (Activation, RecurrentActivation, UsesBias) = (activation ?? Activation.Tanh, recurrentActivation ?? Activation.HardSigmoid, useBias);
    }

    private protected int Units { get; }

    private protected Activation Activation { get; }

    private protected Activation RecurrentActivation { get; }

    private protected bool UsesBias { get; }

    /// <summary>U.</summary>
    private protected Variable U { get; private set; } = null!;

    /// <summary>b, of <see cref="BiasShape"/>.</summary>
    private protected Variable? B { get; private set; }

    /// <summary>The kernel of the engine that computes what the activations say.</summary>
    private protected Gating Gating => Gatings.Of(Activation, RecurrentActivation);

    private protected virtual Shape BiasShape => [Gates * Units];

    private protected virtual Initializer FirstBias => BiasInitializer;

    Variable W { get; set; } = null!;

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        (config["units"], config["activation"], config["recurrent_activation"], config["use_bias"]) = (Units, Config.Of(Activation), Config.Of(RecurrentActivation), UsesBias);
        (config["dropout"], config["recurrent_dropout"], config["implementation"]) = (Dropout, RecurrentDropout, Implementation);
    }

    /// <inheritdoc/>
    protected sealed override void Build(Shape x)
    {
        CheckStep(x);
        (W, U) = (Kernel([x[^1], Gates * Units]), RecurrentKernel([Units, Gates * Units]));
        B = UsesBias ? Bias(BiasShape, FirstBias) : null;
    }

    /// <summary>x·W + b, or the part of b that goes with x.</summary>
    /// <param name="x">[n, in], or [n, t, in] for all steps at once.</param>
    /// <param name="masks">What is dropped of it.</param>
    private protected Tensor InputShare(Tensor x, Tensor[] masks)
    {
        var y = Project(x, W, masks, Product);
        return B is null ? y : y + InputBias(B);
    }

    private protected virtual Tensor InputBias(Tensor b) => b;
}
