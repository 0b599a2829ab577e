using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>What the layers around a cell of their own have in common: they are described by the cell's arguments, and it is of their type.</summary>
public abstract class KernelRNN : RNN
{
    readonly KernelCell cell;

    private protected KernelRNN(KernelCell cell, bool returnSequences, bool returnState, bool goBackwards, bool stateful)
        : base(cell, returnSequences, returnState, goBackwards, stateful) => this.cell = cell;

    private protected KernelRNN(KernelCell cell, Config config)
        : this(cell, config.Bool("return_sequences"), config.Bool("return_state"), config.Bool("go_backwards"), config.Bool("stateful"))
    {
    }

    RecurrentSettings Settings => cell.Settings;

    /// <summary>The first value of the kernel.</summary>
    public Initializer KernelInitializer
    {
        get => Settings.KernelInitializer;
        init => Settings.KernelInitializer = value;
    }

    /// <summary>The first value of the recurrent kernel.</summary>
    public Initializer RecurrentInitializer
    {
        get => Settings.RecurrentInitializer;
        init => Settings.RecurrentInitializer = value;
    }

    /// <summary>The first value of the bias.</summary>
    public Initializer BiasInitializer
    {
        get => Settings.BiasInitializer;
        init => Settings.BiasInitializer = value;
    }

    /// <summary>A penalty on the kernel.</summary>
    public Regularizer? KernelRegularizer
    {
        get => Settings.KernelRegularizer;
        init => Settings.KernelRegularizer = value;
    }

    /// <summary>A penalty on the recurrent kernel.</summary>
    public Regularizer? RecurrentRegularizer
    {
        get => Settings.RecurrentRegularizer;
        init => Settings.RecurrentRegularizer = value;
    }

    /// <summary>A penalty on the bias.</summary>
    public Regularizer? BiasRegularizer
    {
        get => Settings.BiasRegularizer;
        init => Settings.BiasRegularizer = value;
    }

    /// <summary>What is done to the kernel after each update.</summary>
    public Constraint? KernelConstraint
    {
        get => Settings.KernelConstraint;
        init => Settings.KernelConstraint = value;
    }

    /// <summary>What is done to the recurrent kernel after each update.</summary>
    public Constraint? RecurrentConstraint
    {
        get => Settings.RecurrentConstraint;
        init => Settings.RecurrentConstraint = value;
    }

    /// <summary>What is done to the bias after each update.</summary>
    public Constraint? BiasConstraint
    {
        get => Settings.BiasConstraint;
        init => Settings.BiasConstraint = value;
    }

    /// <inheritdoc/>
    protected sealed override void Write(JsonObject config) => cell.WriteArguments(config);

    internal override void ReadCommon(Config config)
    {
        base.ReadCommon(config);
        Settings.Read(config);
    }

    /// <inheritdoc/>
    protected override void Build(Shape[] x) => cell.Become(DType);

    internal override RNN Opposite()
    {
        cell.Become(DType);
        return base.Opposite();
    }
}
