namespace Strata.Nn;

/// <summary>Looks values up by how well queries fit keys: [queries, values] or [queries, values, keys] → [contexts, weights] with weights = softmax over
/// the keys of their scores and contexts = weights·values (Bahdanau, Cho and Bengio 2015; Luong, Pham and Manning 2015).</summary>
/// <remarks>Queries [n, q, d] give contexts [n, q, e] and weights [n, q, k]; a single query an example, [n, d], gives [n, e] and [n, k]. Keys are the values
/// unless given. Keys that the values' mask leaves out have weight 0; the queries' mask goes on with the contexts. A fourth input, places [n, q] or [n],
/// takes the place of the window's centers.</remarks>
public sealed partial class Attention : Layer
{
    const double Never = -1e30; // a score whose softmax is 0 beside any other, without the NaN of −∞ − (−∞)

    readonly AttentionScore score;
    readonly AttentionWindow? window;

    /// <summary>Makes attention.</summary>
    /// <param name="score">How queries and keys are compared; by default <see cref="DotScore"/>.</param>
    /// <param name="window">Where to look; by default everywhere (global attention).</param>
    public Attention(AttentionScore? score = null, AttentionWindow? window = null)
    {
        this.score = Track(score ?? new DotScore());
        if (window is not null) this.window = Track(window);
    }

    /// <summary>Whether the window moves with the query, so that single queries must bring their places.</summary>
    internal bool NeedsPlaces => window is MonotonicWindow;

    /// <summary>The centers of the window for queries [n, q, d] and sources of lengths [n, 1]: [n, q]; null if the attention is global.</summary>
    public Tensor? Centers(Tensor queries, Tensor lengths, CallContext context) => window?.Apply([queries, lengths], context)[0];

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Stop;

    /// <inheritdoc/>
    protected override Tensor[] Call(Tensor[] x, CallContext context)
    {
        if (x.Length is < 2 or > 4 || x[1].Rank != 3)
            throw new ShapeException($"it takes queries, values [examples, steps, features], and may take keys and places, but got {string.Join(" and ", x.Select(t => t.Shape))}.");
        var (single, values) = (x[0].Rank == 2, x[1]);
        var (queries, keys) = (single ? x[0].ExpandDims(1) : x[0], x.Length > 2 ? x[2] : values);
        if (keys.Shape[..2] != values.Shape[..2]) throw new ShapeException($"the keys {keys.Shape} are not as many as the values {values.Shape}.");
        var scores = score.Apply([queries, keys], context)[0];
        var counts = context.MaskOf(values)?.ExpandDims(1);
        Tensor? falling = null;
        if (window is not null)
        {
            var offsets = Tensor.Arange(0, keys.Shape[1]).Cast(scores.DType) - Centers(x, queries, values, context).ExpandDims(-1);
            var inside = offsets.Abs() <= window.Width;
            counts = counts is null ? inside : counts & inside;
            if (window.Gaussian) falling = (offsets.Square() * (-2.0 / (window.Width * (double)window.Width))).Exp(); // σ = D/2
        }

        var weights = (counts is null ? scores : Tensor.Where(counts, scores, Tensor.Scalar(Never, scores.DType))).Softmax();
        if (counts is not null) weights *= counts.Cast(weights.DType); // where no key counts, none is looked at
        if (falling is not null) weights *= falling;
        var contexts = weights.MatMul(values);
        if (single) return [contexts.Squeeze(1), weights.Squeeze(1)];
        context.SetMask(contexts, context.MaskOf(x[0]));
        return [contexts, weights];
    }

    Tensor Centers(Tensor[] x, Tensor queries, Tensor values, CallContext context)
    {
        if (x.Length == 4) return x[3].Cast(queries.DType).Reshape(queries.Shape[..2].Span);
        var lengths = context.MaskOf(values) is { } mask
            ? mask.Cast(queries.DType).Sum(1, keepDims: true)
            : Tensor.Full([values.Shape[0], 1], values.Shape[1], queries.DType);
        return window!.Apply([queries, lengths], context)[0];
    }
}
