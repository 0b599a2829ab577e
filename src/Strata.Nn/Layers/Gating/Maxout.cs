using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>y_i = max_j (x·W_ij + b_ij): the largest of several linear functions;  x […, in] → y […, units], W [in, units·pieces]
/// (Goodfellow et al. 2013, equation 1).</summary>
/// <param name="units">The size of the last axis of the output.</param>
/// <param name="pieces">Linear functions of a unit.</param>
public sealed class Maxout(int units, int pieces = 4) : KernelLayer
{
    readonly int units = Positive(units, nameof(units));
    readonly int pieces = Positive(pieces, nameof(pieces));
    Variable w = null!, b = null!;

    internal static Maxout FromConfig(Config c) => new(c.Int("units"), c.Int("pieces"));

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["units"], config["pieces"]) = (units, pieces);

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        if (x.Rank < 2) throw new ShapeException($"the input must have an axis of examples and one of features, but it is {x}.");
        w = Kernel([x[^1], checked(units * pieces)]);
        b = Bias([units * pieces]);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => (x.MatMul(w) + b).Reshape([.. x.Shape[..^1].Span, units, pieces]).Max(-1);
}
