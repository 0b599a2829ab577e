using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>q·k (Luong, Pham and Manning 2015, equation 8, dot), or q·k/√d, whose size does not grow with d (Vaswani et al. 2017, equation 1).</summary>
/// <param name="scaled">Whether to divide by √d.</param>
public sealed class DotScore(bool scaled = false) : AttentionScore
{
    internal static DotScore FromConfig(Config c) => new(c.Bool("scaled"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["scaled"] = scaled;

    /// <inheritdoc/>
    protected override Tensor Score(Tensor queries, Tensor keys)
    {
        var scores = queries.MatMul(keys, transposeB: true);
        return scaled ? scores * (1 / Math.Sqrt(queries.Shape[^1])) : scores;
    }
}
