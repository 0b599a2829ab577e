namespace Strata.Nn;

/// <summary>How well queries fit keys: called with [queries [n, q, d], keys [n, k, e]] it gives [scores [n, q, k]], before any softmax.</summary>
public abstract class AttentionScore : Layer
{
    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Stop;

    /// <summary>The scores of queries [n, q, d] for keys [n, k, e]: [n, q, k].</summary>
    protected abstract Tensor Score(Tensor queries, Tensor keys);

    /// <inheritdoc/>
    protected sealed override Tensor[] Call(Tensor[] x, CallContext context) => [Score(x[0], x[1])];

    /// <inheritdoc/>
    protected sealed override void Build(Shape[] x)
    {
        if (x.Length != 2 || x[0].Rank != 3 || x[1].Rank != 3)
            throw new ShapeException($"it takes queries [examples, steps, features] and keys [examples, steps, features], but got {string.Join(" and ", x)}.");
        Build(x[0][^1], x[1][^1]);
    }

    /// <summary>Makes the weights for queries and keys of these sizes.</summary>
    protected virtual void Build(int query, int key)
    {
    }
}
