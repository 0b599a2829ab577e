using Strata.Random;

namespace Strata.Nn;

/// <summary>Batches of examples that are in memory: rows of tensors, in an order drawn anew each epoch from the seed and the epoch's number.</summary>
public sealed class TensorBatches : IBatches
{
    readonly Tensor[] inputs, targets;
    readonly Tensor[]? weights;
    readonly int batchSize, count;
    readonly long? seed;

    /// <summary>Creates batches.</summary>
    /// <param name="inputs">One tensor an input of the model; axis 0 counts the examples.</param>
    /// <param name="targets">One tensor an output; may be empty.</param>
    /// <param name="batchSize">Examples of a batch; the last batch of an epoch may be smaller.</param>
    /// <param name="seed">The seed of the order; null keeps the order of the tensors.</param>
    /// <param name="weights">The weights of the examples, one tensor an output.</param>
    /// <exception cref="ShapeException">The tensors hold different numbers of examples.</exception>
    public TensorBatches(Tensor[] inputs, Tensor[] targets, int batchSize = 32, long? seed = null, Tensor[]? weights = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (inputs.Length == 0) throw new ShapeException("TensorBatches: there is no input.");
        foreach (var tensor in (Tensor[])[.. inputs, .. targets, .. weights ?? []])
            if (tensor.Rank == 0 || inputs[0].Rank == 0 || tensor.Shape[0] != inputs[0].Shape[0])
                throw new ShapeException($"Fit: the inputs are {inputs[0].Shape}, but there is a tensor {tensor.Shape}; axis 0 of all must count the same examples.");
        (this.inputs, this.targets, this.weights, this.batchSize, this.seed) = (inputs, targets, weights, batchSize, seed);
        count = inputs[0].Shape[0];
    }

    /// <summary>How many examples an epoch has.</summary>
    public int ExampleCount => count;

    /// <inheritdoc/>
    public int? BatchCount => (count + batchSize - 1) / batchSize;

    /// <inheritdoc/>
    public IEnumerable<Batch> Epoch(int epoch, int skip = 0)
    {
        var order = new long[count];
        for (var i = 0; i < count; i++) order[i] = i;
        if (seed is { } s) new RandomStream(new RandomKey((ulong)s, (ulong)epoch)).Shuffle<long>(order);
        for (var start = (long)skip * batchSize; start < count; start += batchSize)
        {
            var rows = Rows(order.AsSpan((int)start, (int)Math.Min(batchSize, count - start)));
            yield return new Batch(Take(inputs, rows), Take(targets, rows), weights is null ? null : Take(weights, rows)) { IsTemporary = true };
            rows.Release();
        }
    }

    static Tensor Rows(Span<long> order) => Tensor.From(order, [order.Length]).Keep();

    static Tensor[] Take(Tensor[] tensors, Tensor rows) => Array.ConvertAll(tensors, t => t.Gather(rows).Keep());
}
