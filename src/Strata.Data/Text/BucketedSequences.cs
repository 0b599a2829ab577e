namespace Strata.Data;

/// <summary>Sequences in batches of about equal length, so that little of a batch is padding: each belongs to the first bucket that it fits into, and is filled up
/// to the bucket's length. So there are only as many shapes of batches as buckets, which a compiled step is planned for once each.</summary>
/// <param name="sequences">Sequences of indices.</param>
/// <param name="targets">One target a sequence, [n, …]; null: none.</param>
/// <param name="boundaries">The lengths of the buckets, ascending; sequences longer than the last have a bucket of their own.</param>
/// <param name="batchSize">Sequences in a batch; a bucket's last batch may have fewer.</param>
/// <param name="padding">Where sequences are filled up.</param>
/// <param name="value">What they are filled with.</param>
/// <param name="shuffleSeed">Mixes sequences and batches anew each epoch; none: in their order.</param>
public sealed class BucketedSequences(
    IReadOnlyList<IReadOnlyList<int>> sequences, Tensor? targets, IReadOnlyList<int> boundaries, int batchSize = 32, SequenceEnd padding = SequenceEnd.Post, int value = 0, long? shuffleSeed = null)
    : IBatches
{
    readonly LengthBuckets buckets = targets is not null && (targets.Rank == 0 || targets.Shape[0] != sequences.Count)
        ? throw new ShapeException($"BucketedSequences: there are {sequences.Count} sequences, but the targets are {targets.Shape}.")
        : new LengthBuckets([.. sequences.Select(s => s.Count)], boundaries, batchSize, shuffleSeed, nameof(BucketedSequences));

    /// <inheritdoc/>
    public int? BatchCount => buckets.Batches(0).Count;

    /// <inheritdoc/>
    public IEnumerable<Batch> Epoch(int epoch, int skip = 0)
    {
        foreach (var (length, members) in buckets.Batches(epoch).Skip(skip))
        {
            var x = PadSequences.Of([.. members.Select(i => sequences[i])], length, padding, value: value);
            yield return new Batch([x], targets is null ? [] : [targets.Gather(Tensor.From<int>([.. members]))]) { IsTemporary = true };
        }
    }
}
