using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>What separable convolutions have in common: filters of each channel by itself, then a mixture of all channels cell by cell, one bias
/// and one activation at the end.</summary>
public abstract class SeparableLayer : Layer
{
    Initializer depthwiseInitializer = Initializer.GlorotUniform, pointwiseInitializer = Initializer.GlorotUniform, biasInitializer = Initializer.Zeros;
    Regularizer? depthwiseRegularizer, pointwiseRegularizer, biasRegularizer;
    Constraint? depthwiseConstraint, pointwiseConstraint, biasConstraint;

    private protected SeparableLayer()
    {
    }

    /// <summary>The first value of the filters of each channel.</summary>
    public Initializer DepthwiseInitializer
    {
        get => depthwiseInitializer;
        init => depthwiseInitializer = value;
    }

    /// <summary>The first value of the mixture.</summary>
    public Initializer PointwiseInitializer
    {
        get => pointwiseInitializer;
        init => pointwiseInitializer = value;
    }

    /// <summary>The first value of the bias.</summary>
    public Initializer BiasInitializer
    {
        get => biasInitializer;
        init => biasInitializer = value;
    }

    /// <summary>A penalty on the filters of each channel.</summary>
    public Regularizer? DepthwiseRegularizer
    {
        get => depthwiseRegularizer;
        init => depthwiseRegularizer = value;
    }

    /// <summary>A penalty on the mixture.</summary>
    public Regularizer? PointwiseRegularizer
    {
        get => pointwiseRegularizer;
        init => pointwiseRegularizer = value;
    }

    /// <summary>A penalty on the bias.</summary>
    public Regularizer? BiasRegularizer
    {
        get => biasRegularizer;
        init => biasRegularizer = value;
    }

    /// <summary>What is done to the filters of each channel after each update.</summary>
    public Constraint? DepthwiseConstraint
    {
        get => depthwiseConstraint;
        init => depthwiseConstraint = value;
    }

    /// <summary>What is done to the mixture after each update.</summary>
    public Constraint? PointwiseConstraint
    {
        get => pointwiseConstraint;
        init => pointwiseConstraint = value;
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
        foreach (var (name, initializer, regularizer, constraint) in ((string, Initializer, Regularizer?, Constraint?)[])
            [("depthwise", depthwiseInitializer, depthwiseRegularizer, depthwiseConstraint),
             ("pointwise", pointwiseInitializer, pointwiseRegularizer, pointwiseConstraint),
             ("bias", biasInitializer, biasRegularizer, biasConstraint)])
            (config[name + "_initializer"], config[name + "_regularizer"], config[name + "_constraint"]) = (Config.Of(initializer), Config.Of(regularizer), Config.Of(constraint));
    }

    internal override void ReadCommon(Config config)
    {
        base.ReadCommon(config);
        (depthwiseInitializer, depthwiseRegularizer, depthwiseConstraint) = Read("depthwise", depthwiseInitializer);
        (pointwiseInitializer, pointwiseRegularizer, pointwiseConstraint) = Read("pointwise", pointwiseInitializer);
        (biasInitializer, biasRegularizer, biasConstraint) = Read("bias", biasInitializer);

        (Initializer, Regularizer?, Constraint?) Read(string name, Initializer standard) => (
            config.Object<Initializer>(name + "_initializer") ?? standard, config.Object<Regularizer>(name + "_regularizer"), config.Object<Constraint>(name + "_constraint"));
    }

    private protected (Variable Depthwise, Variable Pointwise, Variable? Bias) MakeWeights(int[] window, int channels, int multiplier, int filters, bool useBias) => (
        Weight("depthwise_kernel", [.. window, channels, multiplier], depthwiseInitializer, regularizer: depthwiseRegularizer, constraint: depthwiseConstraint),
        Weight("pointwise_kernel", [.. window.Select(_ => 1), channels * multiplier, filters], pointwiseInitializer, regularizer: pointwiseRegularizer, constraint: pointwiseConstraint),
        useBias ? Weight("bias", [filters], biasInitializer, regularizer: biasRegularizer, constraint: biasConstraint) : null);
}
