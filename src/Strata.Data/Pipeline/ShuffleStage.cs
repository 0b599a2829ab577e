namespace Strata.Data;

/// <summary>Shuffles a stream through a buffer: each draw takes a random element of the buffer and the next of the stream fills its place.</summary>
sealed class ShuffleStage<T> : Dataset<T>
{
    readonly Dataset<T> source;
    readonly long seed;
    readonly int? buffer;

    public ShuffleStage(Dataset<T> source, long seed, int? buffer)
    {
        if (buffer < 1) throw new ArgumentOutOfRangeException(nameof(buffer), buffer, "Shuffle: the buffer must hold at least 1 element.");
        (this.source, this.seed, this.buffer) = (source, seed, buffer);
    }

    public override long? Count => source.Count;

    protected internal override IEnumerable<T> Enumerate(long epoch, long start)
    {
        var random = EpochRandom.Of(seed, epoch);
        var held = new List<T>();
        foreach (var element in source.Enumerate(epoch, 0)) // a place in a shuffled stream is reached by drawing again what came before
        {
            if (held.Count < (buffer ?? Array.MaxLength))
            {
                held.Add(element);
                continue;
            }

            var at = random.NextInt(held.Count);
            (var drawn, held[at]) = (held[at], element);
            if (start-- <= 0) yield return drawn;
        }

        while (held.Count > 0)
        {
            var at = random.NextInt(held.Count);
            var drawn = held[at];
            held[at] = held[^1];
            held.RemoveAt(held.Count - 1);
            if (start-- <= 0) yield return drawn;
        }
    }
}
