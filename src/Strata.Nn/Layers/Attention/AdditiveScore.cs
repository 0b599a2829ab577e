using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>v·tanh(q·W + k·U) (Bahdanau, Cho and Bengio 2015, appendix A.1.2), W [d, units], U [e, units], v [units].</summary>
/// <param name="units">The size of the hidden layer.</param>
public sealed class AdditiveScore(int units) : AttentionScore
{
    Variable w = null!, u = null!, v = null!;

    internal static AdditiveScore FromConfig(Config c) => new(c.Int("units"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["units"] = units;

    /// <inheritdoc/>
    protected override void Build(int query, int key)
    {
        w = Weight("query_kernel", [query, units], Initializer.GlorotUniform);
        u = Weight("key_kernel", [key, units], Initializer.GlorotUniform);
        v = Weight("score", [units, 1], Initializer.GlorotUniform);
    }

    /// <inheritdoc/>
    protected override Tensor Score(Tensor queries, Tensor keys) => Of(queries.MatMul(w), keys.MatMul(u), v);

    /// <summary>v·tanh(a + b) for every pair of a row of a [n, q, units] and one of b [n, k, units].</summary>
    internal static Tensor Of(Tensor a, Tensor b, Tensor v) => (a.ExpandDims(2) + b.ExpandDims(1)).Tanh().MatMul(v).Squeeze(-1);
}
