using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>What layers with a kernel and a bias have in common: how the two begin, are penalized and are held in bounds.</summary>
public abstract class KernelLayer : Layer
{
    Initializer kernelInitializer = Initializer.GlorotUniform, biasInitializer = Initializer.Zeros;
    Regularizer? kernelRegularizer, biasRegularizer;
    Constraint? kernelConstraint, biasConstraint;

    /// <summary>The first value of the kernel.</summary>
    public Initializer KernelInitializer
    {
        get => kernelInitializer;
        init => kernelInitializer = value;
    }

    /// <summary>The first value of the bias.</summary>
    public Initializer BiasInitializer
    {
        get => biasInitializer;
        init => biasInitializer = value;
    }

    /// <summary>A penalty on the kernel.</summary>
    public Regularizer? KernelRegularizer
    {
        get => kernelRegularizer;
        init => kernelRegularizer = value;
    }

    /// <summary>A penalty on the bias.</summary>
    public Regularizer? BiasRegularizer
    {
        get => biasRegularizer;
        init => biasRegularizer = value;
    }

    /// <summary>What is done to the kernel after each update.</summary>
    public Constraint? KernelConstraint
    {
        get => kernelConstraint;
        init => kernelConstraint = value;
    }

    /// <summary>What is done to the bias after each update.</summary>
    public Constraint? BiasConstraint
    {
        get => biasConstraint;
        init => biasConstraint = value;
    }

    private protected override void WriteCommon(JsonObject config)
    {
        base.WriteCommon(config);
        (config["kernel_initializer"], config["bias_initializer"]) = (Config.Of(kernelInitializer), Config.Of(biasInitializer));
        (config["kernel_regularizer"], config["bias_regularizer"]) = (Config.Of(kernelRegularizer), Config.Of(biasRegularizer));
        (config["kernel_constraint"], config["bias_constraint"]) = (Config.Of(kernelConstraint), Config.Of(biasConstraint));
    }

    internal override void ReadCommon(Config config)
    {
        base.ReadCommon(config);
        kernelInitializer = config.Object<Initializer>("kernel_initializer") ?? kernelInitializer;
        biasInitializer = config.Object<Initializer>("bias_initializer") ?? biasInitializer;
        (kernelRegularizer, biasRegularizer) = (config.Object<Regularizer>("kernel_regularizer"), config.Object<Regularizer>("bias_regularizer"));
        (kernelConstraint, biasConstraint) = (config.Object<Constraint>("kernel_constraint"), config.Object<Constraint>("bias_constraint"));
    }

    private protected Variable Kernel(Shape shape) => Weight("kernel", shape, kernelInitializer, regularizer: kernelRegularizer, constraint: kernelConstraint);

    private protected Variable Bias(Shape shape) => Weight("bias", shape, biasInitializer, regularizer: biasRegularizer, constraint: biasConstraint);

    private protected static int Positive(int value, string what, [System.Runtime.CompilerServices.CallerFilePath] string file = "") => value > 0
        ? value
        : throw new ArgumentOutOfRangeException(what, value, $"{Path.GetFileNameWithoutExtension(file)}: {what} must be at least 1.");
}
