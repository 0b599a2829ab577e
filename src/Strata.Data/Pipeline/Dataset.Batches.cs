namespace Strata.Data;

// What training loops see. Elements must be batches: of tensors, of pairs (inputs, targets), of triples (inputs, targets, weights) or Batch itself.
public abstract partial class Dataset<T>
{
    int? IBatches.BatchCount => AsBatches().Count is { } count ? checked((int)count) : null;

    IEnumerable<Batch> IBatches.Epoch(int epoch, int skip)
    {
        var batches = AsBatches();
        foreach (var element in batches.Epoch(epoch, skip)) yield return ToBatch(element) with { IsTemporary = batches.ElementsAreTemporary };
    }

    /// <summary>The data set whose elements a training loop takes for batches: this one, unless it is known to consist of single examples.</summary>
    internal virtual Dataset<T> AsBatches() => this;

    /// <summary>Whether the tensors of an element are made for one pass and known to nobody else, so that a training loop may release them.</summary>
    internal virtual bool ElementsAreTemporary => false;

    static Batch ToBatch(T element)
    {
        var batch = element switch
        {
            Batch b => b,
            Tensor x => new Batch([x], []),
            ValueTuple<Tensor, Tensor> p => new Batch(p.Item1, p.Item2),
            ValueTuple<Tensor, Tensor, Tensor> t => new Batch([t.Item1], [t.Item2], [t.Item3]),
            _ => throw new StrataException($"Dataset: elements of type {typeof(T)} are no batches; Map them to Batch, to a tensor, or to (inputs, targets[, weights])."),
        };
        foreach (var tensor in (ReadOnlySpan<Tensor>)[.. batch.Inputs, .. batch.Targets, .. batch.Weights ?? []])
            if (tensor.Rank == 0 || tensor.Shape[0] != batch.Inputs[0].Shape[0])
                throw new ShapeException($"Dataset: an element with {batch.Inputs[0].Type} and {tensor.Type} is no batch, whose tensors share the size of the first axis; call Batch(size) first.");
        return batch;
    }
}
