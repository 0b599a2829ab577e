using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>y = x, with the gradient taken times −λ: what lies before the layer learns to make what lies behind it fail (Ganin and Lempitsky 2015).</summary>
/// <param name="strength">λ, which may be changed during training.</param>
public sealed class GradientReversal(double strength = 1) : Layer
{
    Variable? lambda; // so that a compiled step sees a change

    /// <summary>λ.</summary>
    public double Strength
    {
        get => lambda?.Borrow().Item() ?? strength;
        set
        {
            strength = value;
            lambda?.Assign(Tensor.Scalar(value, DType));
        }
    }

    internal static GradientReversal FromConfig(Config c) => new(c.Double("strength"));

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["strength"] = Strength;

    /// <inheritdoc/>
    protected override void Build(Shape x) => lambda = Weight("lambda", [], new Constant(strength), trainable: false);

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var constant = x.StopGradient();
        return constant - ((x - constant) * lambda!.Borrow().StopGradient()); // x − x is exactly 0
    }
}
