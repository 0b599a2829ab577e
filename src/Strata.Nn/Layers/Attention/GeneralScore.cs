namespace Strata.Nn;

/// <summary>q·W·k (Luong, Pham and Manning 2015, equation 8, general), W [d, e].</summary>
public sealed class GeneralScore : AttentionScore
{
    Variable w = null!;

    internal static GeneralScore FromConfig(Config c) => new();

    /// <inheritdoc/>
    protected override void Build(int query, int key) => w = Weight("kernel", [query, key], Initializer.GlorotUniform);

    /// <inheritdoc/>
    protected override Tensor Score(Tensor queries, Tensor keys) => queries.MatMul(w).MatMul(keys, transposeB: true);
}
