using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace Strata.Data;

/// <summary>Computes elements ahead on a thread of its own, one for each pass.</summary>
sealed class PrefetchStage<T> : Dataset<T>
{
    readonly Dataset<T> source;
    readonly int count;

    public PrefetchStage(Dataset<T> source, int count)
    {
        if (count < 1) throw new ArgumentOutOfRangeException(nameof(count), count, "Prefetch: the count must be at least 1.");
        (this.source, this.count) = (source, count);
    }

    public override long? Count => source.Count;

    internal override bool ElementsAreTemporary => source.ElementsAreTemporary;

    protected internal override IEnumerable<T> Enumerate(long epoch, long start)
    {
        var ready = Channel.CreateBounded<T>(new BoundedChannelOptions(count) { SingleReader = true, SingleWriter = true });
        using var stop = new CancellationTokenSource();
        var thread = new Thread(() => Produce(epoch, start, ready.Writer, stop.Token)) { IsBackground = true, Name = "Strata prefetch" };
        thread.Start();
        try
        {
            while (Next(ready.Reader, out var element)) yield return element;
        }
        finally
        {
            stop.Cancel();
            thread.Join(); // the source may hold a file: when the foreach is over, so is its reading
        }
    }

    void Produce(long epoch, long start, ChannelWriter<T> ready, CancellationToken stop)
    {
        try
        {
            foreach (var element in source.Enumerate(epoch, start))
            {
                while (!ready.TryWrite(element))
                    if (!ready.WaitToWriteAsync(stop).AsTask().GetAwaiter().GetResult()) return;
                if (stop.IsCancellationRequested) return;
            }

            ready.Complete();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            ready.Complete(e);
        }
    }

    static bool Next(ChannelReader<T> ready, out T element)
    {
        while (true)
        {
            if (ready.TryRead(out element!)) return true;
            try
            {
                if (!ready.WaitToReadAsync().AsTask().GetAwaiter().GetResult()) return false;
            }
            catch (ChannelClosedException e) when (e.InnerException is { } inner)
            {
                ExceptionDispatchInfo.Throw(inner);
            }
        }
    }
}
