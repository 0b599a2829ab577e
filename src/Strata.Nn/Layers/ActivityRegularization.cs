using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>y = x, with <paramref name="l1"/>·Σ|x| + <paramref name="l2"/>·Σx² added to the loss.</summary>
public sealed class ActivityRegularization(double l1 = 0, double l2 = 0) : Layer
{
    internal static ActivityRegularization FromConfig(Config c) => new(c.Double("l1"), c.Double("l2"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["l1"], config["l2"]) = (l1, l2);

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        context.AddLoss(new L1L2(l1, l2).Apply(x));
        return x;
    }
}
