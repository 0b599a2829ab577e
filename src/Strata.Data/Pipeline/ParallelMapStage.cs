namespace Strata.Data;

/// <summary>Each element through a function, several at a time on the thread pool, in their order.</summary>
sealed class ParallelMapStage<T, TResult> : Dataset<TResult>
{
    readonly Dataset<T> source;
    readonly Func<T, long, long, TResult> function;
    readonly int threads;

    public ParallelMapStage(Dataset<T> source, int threads, Func<T, long, long, TResult> function)
    {
        if (threads < 1) throw new ArgumentOutOfRangeException(nameof(threads), threads, "MapParallel: the number of threads must be at least 1.");
        (this.source, this.threads, this.function) = (source, threads, function);
    }

    public override long? Count => source.Count;

    protected internal override IEnumerable<TResult> Enumerate(long epoch, long start)
    {
        // More tasks wait than run, so that a slow element does not hold up the others.
        var (pending, running) = (new Queue<Task<TResult>>(), new SemaphoreSlim(threads));
        var index = start;
        try
        {
            foreach (var element in source.Enumerate(epoch, start))
            {
                if (pending.Count == 4 * threads) yield return pending.Dequeue().GetAwaiter().GetResult();
                pending.Enqueue(Begin(running, element, epoch, index++));
            }

            while (pending.TryDequeue(out var next)) yield return next.GetAwaiter().GetResult();
        }
        finally
        {
            foreach (var task in pending) ((IAsyncResult)task).AsyncWaitHandle.WaitOne(); // when the foreach is over, so is the work
        }
    }

    async Task<TResult> Begin(SemaphoreSlim running, T element, long epoch, long index)
    {
        await running.WaitAsync().ConfigureAwait(false);
        try
        {
            return await Task.Run(() => function(element, epoch, index)).ConfigureAwait(false);
        }
        finally
        {
            running.Release();
        }
    }
}
