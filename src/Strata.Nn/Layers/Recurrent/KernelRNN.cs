using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>What the layers around a cell of their own have in common: the arguments of its weights.</summary>
public abstract class KernelRNN : RNN
{
    private protected KernelRNN(bool returnSequences, bool returnState, bool goBackwards, bool stateful)
        : base(returnSequences, returnState, goBackwards, stateful)
    {
    }

    private protected RecurrentSettings Settings { get; } = new();

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

    private protected override void WriteCommon(JsonObject config)
    {
        base.WriteCommon(config);
        Settings.Write(config);
    }

    internal override void ReadCommon(Config config)
    {
        base.ReadCommon(config);
        Settings.Read(config);
    }

    private protected static int Positive(int value, string what, [System.Runtime.CompilerServices.CallerFilePath] string file = "") => value > 0
        ? value
        : throw new ArgumentOutOfRangeException(what, value, $"{Path.GetFileNameWithoutExtension(file)}: {what} must be at least 1.");
}
