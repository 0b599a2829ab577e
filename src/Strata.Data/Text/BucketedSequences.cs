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
    readonly int[] lengths = Lengths(sequences, targets, boundaries);
    readonly int batchSize = batchSize > 0 ? batchSize : throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, "BucketedSequences: batchSize must be at least 1.");

    /// <inheritdoc/>
    public int? BatchCount => Batches(0).Count;

    /// <inheritdoc/>
    public IEnumerable<Batch> Epoch(int epoch, int skip = 0)
    {
        foreach (var (length, members) in Batches(epoch).Skip(skip))
        {
            var x = PadSequences.Of([.. members.Select(i => sequences[i])], length, padding, value: value);
            yield return new Batch([x], targets is null ? [] : [targets.Gather(Tensor.From<int>([.. members]))]) { IsTemporary = true };
        }
    }

    List<(int Length, List<int> Members)> Batches(int epoch)
    {
        var order = Enumerable.Range(0, sequences.Count).ToArray();
        var random = shuffleSeed is { } seed ? EpochRandom.Of(seed, epoch) : null;
        random?.Shuffle<int>(order);
        var batches = new List<(int, List<int>)>();
        var open = lengths.ToDictionary(l => l, _ => new List<int>());
        foreach (var i in order)
        {
            var length = Array.Find(lengths, l => sequences[i].Count <= l);
            open[length].Add(i);
            if (open[length].Count < batchSize) continue;
            batches.Add((length, open[length]));
            open[length] = [];
        }

        foreach (var length in lengths)
            if (open[length].Count > 0) batches.Add((length, open[length]));
        if (random is null) return batches;
        var mixed = batches.ToArray();
        random.Shuffle<(int, List<int>)>(mixed);
        return [.. mixed];
    }

    static int[] Lengths(IReadOnlyList<IReadOnlyList<int>> sequences, Tensor? targets, IReadOnlyList<int> boundaries)
    {
        if (targets is not null && (targets.Rank == 0 || targets.Shape[0] != sequences.Count))
            throw new ShapeException($"BucketedSequences: there are {sequences.Count} sequences, but the targets are {targets.Shape}.");
        for (var i = 0; i < boundaries.Count; i++)
            if (boundaries[i] < 1 || (i > 0 && boundaries[i] <= boundaries[i - 1]))
                throw new ArgumentException($"BucketedSequences: the boundaries {string.Join(", ", boundaries)} must be positive and ascend.", nameof(boundaries));
        var longest = sequences.Count == 0 ? 0 : sequences.Max(s => s.Count);
        return boundaries.Count > 0 && longest <= boundaries[^1] ? [.. boundaries] : [.. boundaries, longest];
    }
}
