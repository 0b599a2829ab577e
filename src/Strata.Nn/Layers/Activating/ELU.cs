using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>y = x for x &gt; 0, else <paramref name="alpha"/>(e^x − 1) (Clevert et al. 2016).</summary>
/// <param name="alpha">α: what it tends to for small x is −α.</param>
public sealed class ELU(double alpha = 1) : Layer
{
    internal static ELU FromConfig(Config c) => new(c.Double("alpha"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["alpha"] = alpha;

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => Activation.EluOf(alpha).Of(x);
}
