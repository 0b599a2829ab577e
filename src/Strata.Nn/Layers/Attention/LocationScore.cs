using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>q·W, one score for each place whatever stands there (Luong, Pham and Manning 2015, equation 8, location), W [d, length].</summary>
/// <param name="length">The number of places; sequences of keys may be shorter, not longer.</param>
public sealed class LocationScore(int length) : AttentionScore
{
    Variable w = null!;

    internal static LocationScore FromConfig(Config c) => new(c.Int("length"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["length"] = length;

    /// <inheritdoc/>
    protected override void Build(int query, int key) => w = Weight("kernel", [query, length], Initializer.GlorotUniform);

    /// <inheritdoc/>
    protected override Tensor Score(Tensor queries, Tensor keys) => keys.Shape[1] <= length
        ? queries.MatMul(w)[.., .., ..keys.Shape[1]]
        : throw new ShapeException($"it has scores for {length} places, but there are {keys.Shape[1]} keys.");
}
