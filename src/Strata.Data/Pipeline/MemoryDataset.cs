using Strata.Random;

namespace Strata.Data;

/// <summary>Elements in memory. Shuffling, taking and sharding rearrange their indices, and a batch of rows of tensors is one gather a tensor.</summary>
/// <typeparam name="T">An element: one row of each tensor.</typeparam>
public class MemoryDataset<T> : Dataset<T>
{
    readonly Func<int, T> element;
    readonly RowGatherer? gather;
    readonly Func<long, int[]>? order; // the indices of an epoch; null is 0, 1, 2, …
    readonly int count;

    internal delegate T RowGatherer(ReadOnlySpan<int> indices);

    internal MemoryDataset(int count, Func<int, T> element, RowGatherer? gather = null, Func<long, int[]>? order = null) =>
        (this.count, this.element, this.gather, this.order) = (count, element, gather, order);

    /// <summary>The number of elements.</summary>
    public override long? Count => count;

    /// <inheritdoc/>
    protected internal override IEnumerable<T> Enumerate(long epoch, long start)
    {
        var indices = order?.Invoke(epoch);
        for (var i = start; i < count; i++) yield return element(indices is null ? (int)i : indices[i]);
    }

    /// <inheritdoc/>
    public override Dataset<T> Shuffle(long seed, int? buffer = null)
    {
        if (buffer < 1) throw new ArgumentOutOfRangeException(nameof(buffer), buffer, "Shuffle: the buffer must hold at least 1 element.");
        return Ordered(count, epoch =>
        {
            var indices = Indices(epoch);
            EpochRandom.Of(seed, epoch).Shuffle<int>(indices);
            return indices;
        });
    }

    /// <inheritdoc/>
    public override Dataset<T> Take(long count) => Window(0, count, 1, nameof(Take));

    /// <inheritdoc/>
    public override Dataset<T> Skip(long count) => Window(count, long.MaxValue, 1, nameof(Skip));

    internal override Dataset<T> ShardCore(int shards, int index) => Window(index, long.MaxValue, shards, nameof(Shard));

    internal override Dataset<T> BatchCore(int size, bool dropRemainder, Func<IReadOnlyList<T>, T> stack) =>
        gather is null ? base.BatchCore(size, dropRemainder, stack) : new GatherStage(this, size, dropRemainder);

    /// <summary>Rows of tensors go to a training loop in batches of 32, Keras's default, in their own order.</summary>
    internal override Dataset<T> AsBatches() => gather is null ? this : new GatherStage(this, 32, dropRemainder: false);

    Dataset<T> Window(long first, long most, long step, string name)
    {
        if (first < 0 || most < 0) throw new ArgumentOutOfRangeException("count", $"{name}: the count must be at least 0.");
        var left = (int)WindowStage<T>.Length(count, first, most, step)!;
        return Ordered(left, epoch =>
        {
            var all = Indices(epoch);
            var window = new int[left];
            for (var i = 0; i < left; i++) window[i] = all[first + i * step];
            return window;
        });
    }

    MemoryDataset<T> Ordered(int count, Func<long, int[]> order) => new(count, element, gather, order);

    /// <summary>The indices of an epoch in an array that the caller may change.</summary>
    int[] Indices(long epoch)
    {
        if (order is not null) return order(epoch);
        var indices = new int[count];
        for (var i = 0; i < count; i++) indices[i] = i;
        return indices;
    }

    sealed class GatherStage : Dataset<T>
    {
        readonly MemoryDataset<T> rows;
        readonly int size;
        readonly bool dropRemainder;

        public GatherStage(MemoryDataset<T> rows, int size, bool dropRemainder)
        {
            BatchStage<T, T>.CheckSize(size);
            (this.rows, this.size, this.dropRemainder) = (rows, size, dropRemainder);
        }

        public override long? Count => BatchStage<T, T>.Length(rows.count, size, dropRemainder);

        internal override bool ElementsAreTemporary => true;

        protected internal override IEnumerable<T> Enumerate(long epoch, long start)
        {
            var indices = rows.Indices(epoch);
            for (var batch = start; batch < Count; batch++)
            {
                var at = (int)(batch * size);
                yield return rows.gather!(indices.AsSpan(at, Math.Min(size, indices.Length - at)));
            }
        }
    }
}
