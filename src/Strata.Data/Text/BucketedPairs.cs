namespace Strata.Data;

/// <summary>Sentences with their translations, in batches of about equal length (see <see cref="BucketedSequences"/>), for models that are told the tokens so far:
/// inputs [sources, begin and targets], targets [targets and end], all filled up at their ends with <see cref="SentencePair.Padding"/>.</summary>
/// <param name="pairs">The sentences.</param>
/// <param name="boundaries">The lengths of the buckets, ascending: of a pair the longer of the source and the target with its end counts.</param>
/// <param name="batchSize">Pairs in a batch; a bucket's last batch may have fewer.</param>
/// <param name="shuffleSeed">Mixes pairs and batches anew each epoch; none: in their order.</param>
public sealed class BucketedPairs(IReadOnlyList<SentencePair> pairs, IReadOnlyList<int> boundaries, int batchSize = 32, long? shuffleSeed = null) : IBatches
{
    readonly LengthBuckets buckets = new([.. pairs.Select(p => Math.Max(p.Source.Length, p.Target.Length + 1))], boundaries, batchSize, shuffleSeed, nameof(BucketedPairs));

    /// <inheritdoc/>
    public int? BatchCount => buckets.Batches(0).Count;

    /// <inheritdoc/>
    public IEnumerable<Batch> Epoch(int epoch, int skip = 0)
    {
        foreach (var (length, members) in buckets.Batches(epoch).Skip(skip)) yield return Of([.. members.Select(i => pairs[i])], length);
    }

    /// <summary>One batch of pairs.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="length">The length to fill up to; by default the longest.</param>
    public static Batch Of(IReadOnlyList<SentencePair> pairs, int? length = null)
    {
        var to = length ?? pairs.Max(p => Math.Max(p.Source.Length, p.Target.Length + 1));
        return new Batch(
            [Rows(p => p.Source), Rows(p => [SentencePair.Begin, .. p.Target])],
            [Rows(p => [.. p.Target, SentencePair.End])]) { IsTemporary = true };

        Tensor Rows(Func<SentencePair, int[]> sequence) => PadSequences.Of([.. pairs.Select(sequence)], to, SequenceEnd.Post, SequenceEnd.Post);
    }
}
