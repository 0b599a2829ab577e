namespace Strata.Serving;

/// <summary>The examples of one request on their way through the <see cref="Batcher"/>.</summary>
sealed class Job(Examples inputs, IReadOnlyList<Port> outputs, CancellationToken abandoned)
{
    readonly TaskCompletionSource<Examples> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly byte[][] results = [.. outputs.Select(o => new byte[inputs.Count * o.Bytes])];
    int done;

    public Examples Inputs => inputs;

    /// <summary>How many of the examples were taken into batches.</summary>
    public int Taken { get; set; }

    /// <summary>Whether nobody waits any more.</summary>
    public bool IsOver => completion.Task.IsCompleted || abandoned.IsCancellationRequested;

    public Task<Examples> Completion => completion.Task;

    /// <summary>Takes the elements of one output for some of the examples.</summary>
    public void Put(int output, int example, ReadOnlySpan<byte> elements) => elements.CopyTo(results[output].AsSpan(example * outputs[output].Bytes));

    /// <summary>Tells that all outputs of so many more examples are there.</summary>
    public void Complete(int examples)
    {
        done += examples;
        if (done == inputs.Count) completion.TrySetResult(new Examples(results, inputs.Count));
    }

    public void Fail(Exception exception) => completion.TrySetException(exception);
}
