namespace Strata.Nn;

/// <summary>What layers with a kernel and a bias have in common: how the two begin, are penalized and are held in bounds.</summary>
public abstract class KernelLayer : Layer
{
    /// <summary>The first value of the kernel.</summary>
    public Initializer KernelInitializer { get; init; } = Initializer.GlorotUniform;

    /// <summary>The first value of the bias.</summary>
    public Initializer BiasInitializer { get; init; } = Initializer.Zeros;

    /// <summary>A penalty on the kernel.</summary>
    public Regularizer? KernelRegularizer { get; init; }

    /// <summary>A penalty on the bias.</summary>
    public Regularizer? BiasRegularizer { get; init; }

    /// <summary>What is done to the kernel after each update.</summary>
    public Constraint? KernelConstraint { get; init; }

    /// <summary>What is done to the bias after each update.</summary>
    public Constraint? BiasConstraint { get; init; }

    private protected Variable Kernel(Shape shape) => Weight("kernel", shape, KernelInitializer, regularizer: KernelRegularizer, constraint: KernelConstraint);

    private protected Variable Bias(int units) => Weight("bias", [units], BiasInitializer, regularizer: BiasRegularizer, constraint: BiasConstraint);

    private protected static int Positive(int value, string what, [System.Runtime.CompilerServices.CallerFilePath] string file = "") => value > 0
        ? value
        : throw new ArgumentOutOfRangeException(what, value, $"{Path.GetFileNameWithoutExtension(file)}: {what} must be at least 1.");
}
