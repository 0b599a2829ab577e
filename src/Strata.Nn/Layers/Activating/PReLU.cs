using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>y = x for x &gt; 0, else α·x with a learned α, one an element of an example or shared along axes (He et al. 2015).</summary>
/// <param name="sharedAxes">The axes along which α is shared, from 1 (0 is that of examples): (1, 2) makes one a channel of images.</param>
public sealed class PReLU(params int[] sharedAxes) : Layer
{
    Variable alpha = null!;

    /// <summary>The first value of α.</summary>
    public Initializer AlphaInitializer { get; init; } = Initializer.Zeros;

    /// <summary>A penalty on α.</summary>
    public Regularizer? AlphaRegularizer { get; init; }

    /// <summary>What is done to α after each update.</summary>
    public Constraint? AlphaConstraint { get; init; }

    internal static PReLU FromConfig(Config c) => new(c.Ints("shared_axes"))
    {
        AlphaInitializer = c.Required<Initializer>("alpha_initializer"),
        AlphaRegularizer = c.Object<Regularizer>("alpha_regularizer"),
        AlphaConstraint = c.Object<Constraint>("alpha_constraint"),
    };

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        config["shared_axes"] = Config.Of(sharedAxes);
        (config["alpha_initializer"], config["alpha_regularizer"], config["alpha_constraint"]) = (Config.Of(AlphaInitializer), Config.Of(AlphaRegularizer), Config.Of(AlphaConstraint));
    }

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        foreach (var axis in sharedAxes)
            if (axis < 1 || axis >= x.Rank) throw new ShapeException($"the shared axis {axis} does not exist in {x}; axes are 1 … {x.Rank - 1}.");
        Shape shape = [.. x[1..].Select((size, i) => sharedAxes.Contains(i + 1) ? 1 : size)];
        alpha = Weight("alpha", shape, AlphaInitializer, regularizer: AlphaRegularizer, constraint: AlphaConstraint);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => x.Relu() - (alpha * (-x).Relu());
}
