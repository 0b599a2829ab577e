using System.Text.Json.Nodes;
using Strata.Random;

namespace Strata.Nn;

/// <summary>The parameters of a mixture of normal distributions that depends on x (Bishop 1994);  x […, in] → y […, components·(1 + 2·size)]: the logits
/// of the mixing coefficients π, then the means μ, then the logarithms of the deviations σ, component by component. Trained with
/// <see cref="MixtureDensityLoss"/>.</summary>
/// <param name="size">Numbers of a target.</param>
/// <param name="components">Normal distributions of the mixture.</param>
public sealed class MixtureDensity(int size, int components) : KernelLayer
{
    readonly int size = Positive(size, nameof(size));
    readonly int components = Positive(components, nameof(components));
    Variable w = null!, b = null!;

    internal static MixtureDensity FromConfig(Config c) => new(c.Int("size"), c.Int("components"));

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["size"], config["components"]) = (size, components);

    /// <summary>The loss that belongs to this layer.</summary>
    public MixtureDensityLoss Loss => new(size, components);

    /// <summary>Targets drawn from the mixtures that the layer gave;  parameters […, components·(1 + 2·size)] → […, size].</summary>
    /// <param name="parameters">What the layer gave.</param>
    /// <param name="random">Where the numbers come from.</param>
    /// <param name="bias">b ≥ 0 draws likelier targets: σ·e^−b and logits of π times 1 + b (Graves 2013, equations 61 and 62).</param>
    public Tensor Sample(Tensor parameters, RandomStream random, double bias = 0)
    {
        var (logits, means, logDeviations) = Parts(parameters, size, components);
        var chosen = random.Categorical(logits * (1 + bias)).OneHot(components, parameters.DType).ExpandDims(-1);
        var (mean, deviation) = ((means * chosen).Sum(-2), ((logDeviations - bias).Exp() * chosen).Sum(-2));
        return mean + (deviation * random.Normal(mean.Shape, dtype: parameters.DType));
    }

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        if (x.Rank < 2) throw new ShapeException($"the input must have an axis of examples and one of features, but it is {x}.");
        w = Kernel([x[^1], components * (1 + (2 * size))]);
        b = Bias([components * (1 + (2 * size))]);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => x.MatMul(w) + b;

    /// <summary>Logits of π […, m], means and logarithms of deviations […, m, size].</summary>
    internal static (Tensor Logits, Tensor Means, Tensor LogDeviations) Parts(Tensor y, int size, int components)
    {
        Shape shape = [.. y.Shape[..^1], components, size];
        var parts = y.Split([components, components * size, components * size], -1);
        return (parts[0], parts[1].Reshape(shape.Span), parts[2].Reshape(shape.Span));
    }
}
