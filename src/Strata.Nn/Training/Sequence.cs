using System.Collections.Concurrent;

namespace Strata.Nn;

/// <summary>Batches that can be made one by one, by number: derive from it, and Fit makes them on several threads ahead of their use, in order.</summary>
/// <remarks>Keras's <c>Sequence</c>. An item is made on another thread: it must not touch what other items change.</remarks>
public abstract class Sequence : IBatches
{
    /// <summary>Batches of an epoch.</summary>
    public abstract int Count { get; }

    /// <summary>The batch number <paramref name="index"/> of an epoch.</summary>
    public abstract Batch this[int index] { get; }

    /// <summary>How many threads make batches; 0 makes them when they are asked for.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>How many batches may be made ahead.</summary>
    public int QueueSize { get; init; } = 10;

    /// <summary>An epoch begins, and no batch of it has been asked for: the place to draw a new order. What it does must follow from the epoch's
    /// number alone, so that training that was cut off goes on with the same batches.</summary>
    /// <param name="epoch">The number of the epoch, from 0.</param>
    protected virtual void OnEpochBegin(int epoch)
    {
    }

    /// <summary>All batches of an epoch were used.</summary>
    protected virtual void OnEpochEnd()
    {
    }

    /// <inheritdoc/>
    int? IBatches.BatchCount => Count;

    /// <inheritdoc/>
    IEnumerable<Batch> IBatches.Epoch(int epoch, int skip)
    {
        OnEpochBegin(epoch);
        var count = Count;
        if (Workers <= 0)
        {
            for (var i = skip; i < count; i++) yield return this[i];
        }
        else
        {
            var ahead = new ConcurrentQueue<Task<Batch>>();
            using var places = new SemaphoreSlim(Workers);
            var next = skip;
            while (next < count || !ahead.IsEmpty)
            {
                while (next < count && ahead.Count < Math.Max(1, QueueSize)) Start(next++);
                ahead.TryDequeue(out var first);
                yield return first!.GetAwaiter().GetResult();
            }

            void Start(int index) => ahead.Enqueue(Task.Run(() =>
            {
                places.Wait();
                try
                {
                    return this[index];
                }
                finally
                {
                    places.Release();
                }
            }));
        }

        OnEpochEnd();
    }
}
