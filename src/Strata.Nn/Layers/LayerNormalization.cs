using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>y = γ(x − μ)/√(σ² + ε) + β with mean and variance of each example over the last axis (Ba, Kiros and Hinton 2016).</summary>
/// <param name="epsilon">ε.</param>
/// <param name="center">Whether β is there.</param>
/// <param name="scale">Whether γ is there.</param>
public sealed class LayerNormalization(double epsilon = 1e-3, bool center = true, bool scale = true) : Layer
{
    Variable? gamma, beta;

    internal static LayerNormalization FromConfig(Config c) => new(c.Double("epsilon"), c.Bool("center"), c.Bool("scale"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["epsilon"], config["center"], config["scale"]) = (epsilon, center, scale);

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        if (x.Rank < 2) throw new ShapeException($"the input must have an axis of examples and one of features, but it is {x}.");
        gamma = scale ? Weight("gamma", [x[^1]], Initializer.Ones) : null;
        beta = center ? Weight("beta", [x[^1]], Initializer.Zeros) : null;
    }

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => Tensor.LayerNormalization(
        x, gamma ?? Tensor.Ones([x.Shape[^1]], x.DType), beta ?? Tensor.Zeros([x.Shape[^1]], x.DType), epsilon);
}
