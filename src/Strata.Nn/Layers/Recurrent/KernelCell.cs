using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>What cells with a kernel W for the input, a recurrent kernel U for the state and a bias have in common.</summary>
/// <remarks>Dropout (Gal and Ghahramani 2016) draws its masks once a sequence: one for each gate in implementation 1, one for all in implementation 2. The
/// implementations differ in nothing else.</remarks>
public abstract class KernelCell : RecurrentCell
{
    private protected KernelCell(int gates, double dropout, double recurrentDropout, int implementation)
    {
        if (implementation is not (1 or 2)) throw new ArgumentOutOfRangeException(nameof(implementation), implementation, $"{GetType().Name}: implementation must be 1 or 2.");
        Gates = gates;
        (Dropout, RecurrentDropout, Implementation) = (Math.Clamp(dropout, 0, 1), Math.Clamp(recurrentDropout, 0, 1), implementation);
    }

    /// <summary>How many gates stand side by side in the kernels.</summary>
    private protected int Gates { get; }

    /// <summary>The share of the input that is dropped in training.</summary>
    public double Dropout { get; }

    /// <summary>The share of the state that is dropped in training.</summary>
    public double RecurrentDropout { get; }

    /// <summary>1: each gate drops something else; 2: all the same.</summary>
    public int Implementation { get; }

    internal RecurrentSettings Settings { get; init; } = new();

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
    public override Tensor[] SequenceConstants(Shape step, CallContext context)
    {
        if (!context.Training || Dropout + RecurrentDropout == 0) return [];
        var state = StateShapes(step)[0];
        return [.. Draw(step, Dropout, context), .. Draw([step[0], .. state], RecurrentDropout, context)];
    }

    /// <summary>Writes the arguments of the constructor and those of the weights: what describes the layer around the cell, too.</summary>
    internal void WriteArguments(JsonObject config)
    {
        Settings.Write(config);
        Write(config);
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

    /// <summary>Whether a pass drops parts of the state, which the kernels for whole sequences cannot.</summary>
    private protected bool DropsState(CallContext context) => context.Training && RecurrentDropout > 0;

    /// <summary>The masks for the input and for the state out of those of a sequence; drawn here for a step that stands alone.</summary>
    private protected (Tensor[] Input, Tensor[] State) Masks(ReadOnlySpan<Tensor> constants, Shape step, CallContext context)
    {
        if (!context.Training || Dropout + RecurrentDropout == 0) return ([], []);
        if (constants.Length == 0) constants = SequenceConstants(step, context);
        var count = Dropout > 0 ? MaskCount : 0;
        return (constants[..count].ToArray(), RecurrentDropout > 0 ? constants.Slice(count, MaskCount).ToArray() : []);
    }

    /// <summary>Σ of products with the parts of a kernel that belong to the gates, each of the masked x; side by side.</summary>
    /// <param name="x">[n, in], or [n, t, in] for all steps at once.</param>
    /// <param name="kernel">[in, gates·units].</param>
    /// <param name="masks">None, one, or one for each gate: [n, in].</param>
    /// <param name="product">The product; a convolution in convolutional cells.</param>
    private protected static Tensor Project(Tensor x, Tensor kernel, Tensor[] masks, Func<Tensor, Tensor, Tensor> product)
    {
        if (masks.Length == 0) return product(x, kernel);
        if (x.Rank > masks[0].Rank) masks = Array.ConvertAll(masks, m => m.ExpandDims(1));
        if (masks.Length == 1) return product(x * masks[0], kernel);
        var parts = kernel.Split(masks.Length, -1);
        return Tensor.Concatenate([.. masks.Select((m, g) => product(x * m, parts[g]))], -1);
    }

    private protected static Tensor Product(Tensor x, Tensor kernel) => x.MatMul(kernel);

    private protected Variable Kernel(Shape shape) => Weight("kernel", shape, KernelInitializer, regularizer: KernelRegularizer, constraint: KernelConstraint);

    private protected Variable RecurrentKernel(Shape shape) =>
        Weight("recurrent_kernel", shape, RecurrentInitializer, regularizer: RecurrentRegularizer, constraint: RecurrentConstraint);

    private protected Variable Bias(Shape shape, Initializer? initializer = null) =>
        Weight("bias", shape, initializer ?? BiasInitializer, regularizer: BiasRegularizer, constraint: BiasConstraint);

    private protected static int Positive(int value, string what, [System.Runtime.CompilerServices.CallerFilePath] string file = "") => value > 0
        ? value
        : throw new ArgumentOutOfRangeException(what, value, $"{Path.GetFileNameWithoutExtension(file)}: {what} must be at least 1.");

    private protected static void CheckStep(Shape x)
    {
        if (x.Rank != 2) throw new ShapeException($"a step must be [examples, features], but it is {x}.");
    }

    int MaskCount => Implementation == 1 ? Gates : 1;

    IEnumerable<Tensor> Draw(Shape shape, double rate, CallContext context)
    {
        for (var i = 0; rate > 0 && i < MaskCount; i++)
            yield return rate == 1 ? Tensor.Zeros(shape, DType) : (context.Random.Uniform(shape, dtype: DType) >= rate).Cast(DType) * (1 / (1 - rate));
    }
}
