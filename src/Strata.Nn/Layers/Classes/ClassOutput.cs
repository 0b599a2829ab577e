namespace Strata.Nn;

/// <summary>The output of a model over very many classes, whose loss is cheaper than a full softmax: [h [n, d], classes [n]] → [losses [n]] to train with, and
/// h [n, d] → log-probabilities [n, classes] to use it.</summary>
/// <param name="classes">The number of classes.</param>
public abstract class ClassOutput(int classes) : Layer
{
    private protected int Classes { get; } = classes > 1 ? classes : throw new ArgumentOutOfRangeException(nameof(classes), classes, "There must be at least 2 classes.");

    /// <summary>The loss of each row.</summary>
    /// <param name="h">[n, d].</param>
    /// <param name="labels">The right classes, int64 [n].</param>
    /// <param name="context">The pass.</param>
    protected abstract Tensor Loss(Tensor h, Tensor labels, CallContext context);

    /// <summary>ln p of all classes: [n, classes].</summary>
    protected abstract Tensor LogProbabilities(Tensor h);

    /// <inheritdoc/>
    protected sealed override Tensor Call(Tensor x, CallContext context) => LogProbabilities(x);

    /// <inheritdoc/>
    protected sealed override Tensor[] Call(Tensor[] x, CallContext context) => x.Length switch
    {
        1 => [LogProbabilities(x[0])],
        2 when x[1].Shape == x[0].Shape[..1] && !x[1].DType.IsFloating() => [Loss(x[0], x[1].Cast(DType.Int64), context)],
        _ => throw new ShapeException($"it takes rows [n, d] and integer classes [n], but got {string.Join(" and ", x.Select(t => t.Type))}."),
    };

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        if (x.Rank != 2) throw new ShapeException($"the input must be [examples, features], but it is {x}.");
    }

    /// <summary>w_c·h + b_c for one class a row: [n].</summary>
    private protected static Tensor Chosen(Tensor h, Tensor w, Tensor b, Tensor labels) => (h * w.Gather(labels)).Sum(-1) + b.Gather(labels);
}
