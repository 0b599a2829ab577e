using System.Diagnostics;

namespace Strata.Serving;

/// <summary>Gathers the examples of concurrent requests into batches, as the batch dispatch of Deep Speech 2 (Amodei and others 2016, arXiv:1512.02595,
/// section 7.1) does: eagerly, so that whenever the model is free it takes all that wait, up to the largest batch. Nobody waits for company; under
/// load a batch grows by what comes in while the one before is computed.</summary>
sealed class Batcher : IDisposable
{
    readonly ServedModel model;
    readonly int capacity;
    readonly ServingMetrics metrics;
    readonly Queue<Job> queue = new();
    readonly byte[][] staging; // the inputs of a batch
    readonly Thread worker;
    readonly List<Part> parts = []; // of the batch at work
    int waiting; // examples in the queue
    bool closed;

    public Batcher(ServedModel model, int capacity, ServingMetrics metrics)
    {
        (this.model, this.capacity, this.metrics) = (model, capacity, metrics);
        staging = [.. model.Inputs.Select(i => new byte[model.MaxBatch * i.Bytes])];
        worker = new Thread(Work) { IsBackground = true, Name = "Strata model" };
        worker.Start();
    }

    /// <summary>Some of a job's examples in a batch.</summary>
    readonly record struct Part(Job Job, int First, int Count);

    /// <summary>How many examples wait.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>The outputs for some examples, in their order.</summary>
    /// <param name="examples">At least one.</param>
    /// <param name="abandoned">Tells that nobody waits for the outputs any more.</param>
    /// <exception cref="RequestException">Too many examples wait already, or the server is stopping; later, as the task's: the model cannot take the examples.</exception>
    public Task<Examples> Predict(Examples examples, CancellationToken abandoned)
    {
        if (examples.Count > capacity) throw new RequestException(413, $"The request has {examples.Count} examples, more than the {capacity} that may wait at once.");
        var job = new Job(examples, model.Outputs, abandoned);
        lock (queue)
        {
            if (closed) throw new RequestException(503, "The server is stopping.");
            if (waiting + examples.Count > capacity) throw new RequestException(503, $"The server is busy: {waiting} examples wait and {capacity} may.");
            waiting += examples.Count;
            queue.Enqueue(job);
            Monitor.Pulse(queue);
        }

        return job.Completion;
    }

    /// <summary>Computes what waits, then ends.</summary>
    public void Dispose()
    {
        lock (queue)
        {
            closed = true;
            Monitor.PulseAll(queue);
        }

        worker.Join();
    }

    void Work()
    {
        while (Gather())
        {
            var began = Stopwatch.GetTimestamp();
            var count = parts.Sum(p => p.Count);
            Run(parts);
            metrics.BatchDone(count, Stopwatch.GetElapsedTime(began));
            parts.Clear();
        }
    }

    /// <summary>Takes what waits, up to the largest batch.</summary>
    /// <returns>Whether there was anything; no: it is over.</returns>
    bool Gather()
    {
        lock (queue)
        {
            while (parts.Count == 0)
            {
                while (queue.Count == 0)
                {
                    if (closed) return false;
                    Monitor.Wait(queue);
                }

                for (var room = model.MaxBatch; room > 0 && queue.TryPeek(out var job);)
                {
                    var count = Math.Min(room, job.Inputs.Count - job.Taken);
                    if (job.IsOver)
                    {
                        count = job.Inputs.Count - job.Taken;
                        job.Fail(new OperationCanceledException());
                    }
                    else
                    {
                        parts.Add(new(job, job.Taken, count));
                        room -= count;
                    }

                    job.Taken += count;
                    waiting -= count;
                    if (job.Taken == job.Inputs.Count) queue.Dequeue();
                }
            }
        }

        return true;
    }

    void Run(List<Part> batch)
    {
        try
        {
            var count = Stage(batch);
            model.Run(staging, model.SizeFor(count), (output, elements) =>
            {
                var (at, bytes) = (0, model.Outputs[output].Bytes);
                foreach (var (job, first, examples) in batch)
                {
                    job.Put(output, first, elements.Slice(at, examples * bytes));
                    at += examples * bytes;
                }
            });
            foreach (var (job, _, examples) in batch) job.Complete(examples);
        }
        catch (StrataException) when (batch.Count > 1)
        {
            foreach (var part in batch.ToArray()) Run([part]); // one request's mistake is no other's
        }
        catch (StrataException e)
        {
            batch[0].Job.Fail(new RequestException(400, e.Message));
        }
        catch (Exception e)
        {
            foreach (var (job, _, _) in batch) job.Fail(e);
        }
    }

    /// <summary>Puts the inputs of the parts one after the other, and zeros behind them.</summary>
    /// <returns>How many examples they are.</returns>
    int Stage(List<Part> batch)
    {
        var count = 0;
        foreach (var (job, first, examples) in batch)
        {
            for (var i = 0; i < staging.Length; i++)
            {
                var bytes = model.Inputs[i].Bytes;
                job.Inputs.Elements[i].AsSpan(first * bytes, examples * bytes).CopyTo(staging[i].AsSpan(count * bytes));
            }

            count += examples;
        }

        for (var i = 0; i < staging.Length; i++) staging[i].AsSpan(count * model.Inputs[i].Bytes, (model.SizeFor(count) - count) * model.Inputs[i].Bytes).Clear();
        return count;
    }
}
