using System.Collections;
using Strata.Random;

namespace Strata.Data;

/// <summary>A sequence of elements that can be passed over again and again: the input of training. Stages are chained
/// (<c>digits.Train.Shuffle(seed: 1).Batch(64).Prefetch(2)</c>) and nothing is computed before <c>foreach</c> asks for it.</summary>
/// <remarks>Each <c>foreach</c> is one pass, an epoch; the first is epoch 0 unless <see cref="Position"/> says otherwise. What an epoch
/// yields is a pure function of the seeds in the chain and of the epoch's number, so a saved <see cref="Position"/> is all that is needed to go on in the middle of one.</remarks>
/// <typeparam name="T">An element: a tensor, a tuple of tensors, or anything else.</typeparam>
public abstract partial class Dataset<T> : IEnumerable<T>, IBatches
{
    readonly Lock gate = new();
    DatasetPosition position;
    object? reader; // the latest enumerator, the only one that moves the position

    /// <summary>The number of elements of one pass; null if it is not known or has no end.</summary>
    public abstract long? Count { get; }

    /// <summary>How far the latest <c>foreach</c> has come. Setting it makes the next <c>foreach</c> begin there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The epoch or the index is negative.</exception>
    public DatasetPosition Position
    {
        get
        {
            lock (gate) return position;
        }

        set
        {
            if (value.Epoch < 0 || value.Index < 0)
                throw new ArgumentOutOfRangeException(nameof(value), value, "Dataset.Position: epoch and index must be at least 0.");
            lock (gate) (position, reader) = (value, null);
        }
    }

    /// <summary>One epoch from its element <paramref name="start"/> on, without touching <see cref="Position"/>.</summary>
    /// <param name="epoch">The number of the pass, from 0.</param>
    /// <param name="start">How many elements are left out at the front.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public IEnumerable<T> Epoch(long epoch, long start = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        return Enumerate(epoch, start);
    }

    /// <summary>The elements of an epoch from <paramref name="start"/> on. A stage passes the epoch to the stages before it.</summary>
    protected internal abstract IEnumerable<T> Enumerate(long epoch, long start);

    /// <summary>Begins the next epoch, or goes on at the <see cref="Position"/> that was set. A pass that was left early is not taken up again.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        var me = new object();
        DatasetPosition from;
        lock (gate)
        {
            // A position is taken up once; after that each foreach begins an epoch of its own.
            if (reader is not null) position = new(position.Epoch + 1, 0);
            (from, reader) = (position, me);
        }

        return Walk(from, me);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    IEnumerator<T> Walk(DatasetPosition at, object me)
    {
        foreach (var element in Enumerate(at.Epoch, at.Index))
        {
            at = at with { Index = at.Index + 1 };
            lock (gate)
                if (reader == me) position = at;
            yield return element;
        }

        lock (gate)
            if (reader == me) (position, reader) = (new(at.Epoch + 1, 0), null);
    }

    // The stages that data sets in memory do faster are virtual.

    /// <summary>The elements in an order drawn anew each epoch from the seed and the epoch's number. In-memory data is shuffled as a whole.</summary>
    /// <param name="seed">The same seed gives the same orders.</param>
    /// <param name="buffer">Of data that is not in memory: how many elements are held to draw from; null holds the whole epoch.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="buffer"/> is below 1.</exception>
    public virtual Dataset<T> Shuffle(long seed, int? buffer = null) => new ShuffleStage<T>(this, seed, buffer);

    /// <summary>The first <paramref name="count"/> elements of each epoch.</summary>
    public virtual Dataset<T> Take(long count) => new WindowStage<T>(this, 0, count, 1, nameof(Take));

    /// <summary>All but the first <paramref name="count"/> elements of each epoch.</summary>
    public virtual Dataset<T> Skip(long count) => new WindowStage<T>(this, count, long.MaxValue, 1, nameof(Skip));

    /// <summary>Every <paramref name="shards"/>-th element from <paramref name="index"/> on: one worker's part of the data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 ≤ <paramref name="index"/> &lt; <paramref name="shards"/>.</exception>
    public Dataset<T> Shard(int shards, int index)
    {
        if (shards < 1 || index < 0 || index >= shards)
            throw new ArgumentOutOfRangeException(nameof(index), $"Shard: there is no shard {index} of {shards}; the index must be in 0 … shards − 1.");
        return ShardCore(shards, index);
    }

    internal virtual Dataset<T> ShardCore(int shards, int index) => new WindowStage<T>(this, index, long.MaxValue, shards, nameof(Shard));

    internal virtual Dataset<T> BatchCore(int size, bool dropRemainder, Func<IReadOnlyList<T>, T> stack) => Batch(size, stack, dropRemainder);

    /// <summary>Lists of <paramref name="size"/> elements, each made into one by <paramref name="combine"/>.</summary>
    /// <param name="size">Elements of a batch, at least 1.</param>
    /// <param name="combine">Makes a batch of its elements; the list is its own to keep.</param>
    /// <param name="dropRemainder">Whether a last batch that is not full is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1.</exception>
    public Dataset<TBatch> Batch<TBatch>(int size, Func<IReadOnlyList<T>, TBatch> combine, bool dropRemainder = false) =>
        new BatchStage<T, TBatch>(this, size, combine, dropRemainder);

    /// <summary>Each element through a function.</summary>
    public Dataset<TResult> Map<TResult>(Func<T, TResult> function) => new MapStage<T, TResult>(this, (x, _, _) => function(x));

    /// <summary>Each element through a function that draws random numbers: augmentation. The stream is a function of the seed, the epoch and the
    /// element's place, so the numbers do not depend on threads or on where a pass was taken up.</summary>
    public Dataset<TResult> Map<TResult>(Func<T, RandomStream, TResult> function, long seed) =>
        new MapStage<T, TResult>(this, (x, epoch, index) => function(x, EpochRandom.Of(seed, epoch, index)));

    /// <summary>Each element through a function, several at a time, in their order: for files to be decoded. The function must be safe to run on
    /// several threads at once.</summary>
    /// <param name="function">From element to result.</param>
    /// <param name="threads">How many elements at a time; by default as many as there are processors.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public Dataset<TResult> MapParallel<TResult>(Func<T, TResult> function, int? threads = null) =>
        new ParallelMapStage<T, TResult>(this, threads ?? Environment.ProcessorCount, (x, _, _) => function(x));

    /// <summary>Each element through a function that draws random numbers, several at a time, in their order and with the same numbers as
    /// <see cref="Map{TResult}(Func{T, RandomStream, TResult}, long)"/>.</summary>
    /// <inheritdoc cref="MapParallel{TResult}(Func{T, TResult}, int?)"/>
    public Dataset<TResult> MapParallel<TResult>(Func<T, RandomStream, TResult> function, long seed, int? threads = null) =>
        new ParallelMapStage<T, TResult>(this, threads ?? Environment.ProcessorCount, (x, epoch, index) => function(x, EpochRandom.Of(seed, epoch, index)));

    /// <summary>The elements that satisfy a condition.</summary>
    public Dataset<T> Where(Func<T, bool> condition) => new WhereStage<T>(this, condition);

    /// <summary>Several epochs of the data as one; without end if <paramref name="count"/> is null. Each is shuffled in its own order.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public Dataset<T> Repeat(int? count = null) => new RepeatStage<T>(this, count);

    /// <summary>Pairs with the elements of another data set; ends with the shorter one.</summary>
    public Dataset<(T First, TOther Second)> Zip<TOther>(Dataset<TOther> other) => new ZipStage<T, TOther>(this, other);

    /// <summary>The same elements, computed ahead on another thread, which ends when the <c>foreach</c> does. An exception there is thrown here, in its turn.</summary>
    /// <param name="count">How many elements may wait, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public Dataset<T> Prefetch(int count) => new PrefetchStage<T>(this, count);
}
