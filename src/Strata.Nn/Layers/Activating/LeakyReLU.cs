using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>y = x for x &gt; 0, else <paramref name="alpha"/>·x (Maas et al. 2013).</summary>
/// <param name="alpha">The slope below 0.</param>
public sealed class LeakyReLU(double alpha = 0.3) : Layer
{
    internal static LeakyReLU FromConfig(Config c) => new(c.Double("alpha"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["alpha"] = alpha;

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => Tensor.Where(x > 0, x, x * alpha);
}
