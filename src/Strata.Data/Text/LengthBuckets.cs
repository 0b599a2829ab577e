namespace Strata.Data;

/// <summary>Which sequences make a batch so that those of a batch are of about equal length: each belongs to the first bucket that it fits into.</summary>
sealed class LengthBuckets
{
    readonly int[] lengths, bucketOf; // of the buckets, ascending; the length of each sequence's bucket
    readonly int batchSize;
    readonly long? shuffleSeed;

    /// <param name="lengths">Of the sequences.</param>
    /// <param name="boundaries">Of the buckets, ascending; sequences longer than the last have a bucket of their own.</param>
    /// <param name="batchSize">Sequences in a batch; a bucket's last batch may have fewer.</param>
    /// <param name="shuffleSeed">Mixes sequences and batches anew each epoch; none: in their order.</param>
    /// <param name="caller">What errors begin with.</param>
    public LengthBuckets(IReadOnlyList<int> lengths, IReadOnlyList<int> boundaries, int batchSize, long? shuffleSeed, string caller)
    {
        if (batchSize < 1) throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, $"{caller}: batchSize must be at least 1.");
        for (var i = 0; i < boundaries.Count; i++)
            if (boundaries[i] < 1 || (i > 0 && boundaries[i] <= boundaries[i - 1]))
                throw new ArgumentException($"{caller}: the boundaries {string.Join(", ", boundaries)} must be positive and ascend.", nameof(boundaries));
        (this.batchSize, this.shuffleSeed) = (batchSize, shuffleSeed);
        var longest = lengths.Count == 0 ? 0 : lengths.Max();
        var buckets = this.lengths = boundaries.Count > 0 && longest <= boundaries[^1] ? [.. boundaries] : [.. boundaries, longest];
        bucketOf = [.. lengths.Select(length => Array.Find(buckets, b => length <= b))];
    }

    /// <summary>The batches of an epoch: the bucket's length, and the numbers of the sequences.</summary>
    public List<(int Length, List<int> Members)> Batches(int epoch)
    {
        var order = Enumerable.Range(0, bucketOf.Length).ToArray();
        var random = shuffleSeed is { } seed ? EpochRandom.Of(seed, epoch) : null;
        random?.Shuffle<int>(order);
        var batches = new List<(int, List<int>)>();
        var open = lengths.ToDictionary(l => l, _ => new List<int>());
        foreach (var i in order)
        {
            var length = bucketOf[i];
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
}
