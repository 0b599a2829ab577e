using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>v·tanh([q; k]·W) (Luong, Pham and Manning 2015, equation 8, concat), W [d + e, units], v [units].</summary>
/// <param name="units">The size of the hidden layer.</param>
public sealed class ConcatScore(int units) : AttentionScore
{
    Variable w = null!, v = null!;
    int split;

    internal static ConcatScore FromConfig(Config c) => new(c.Int("units"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["units"] = units;

    /// <inheritdoc/>
    protected override void Build(int query, int key)
    {
        split = query;
        w = Weight("kernel", [query + key, units], Initializer.GlorotUniform);
        v = Weight("score", [units, 1], Initializer.GlorotUniform);
    }

    // [q; k]·W is q·W₁ + k·W₂ with the upper and lower rows of W, which spares the concatenation of every pair.
    /// <inheritdoc/>
    protected override Tensor Score(Tensor queries, Tensor keys)
    {
        var parts = w.Borrow().Split([split, w.Shape[0] - split], 0);
        return AdditiveScore.Of(queries.MatMul(parts[0]), keys.MatMul(parts[1]), v);
    }
}
