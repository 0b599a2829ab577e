namespace Strata.Serving;

/// <summary>The examples of one request on their way through the <see cref="Batcher"/>.</summary>
sealed class Job(Examples inputs, IReadOnlyList<Port> outputs, CancellationToken abandoned)
{
    readonly TaskCompletionSource<Examples> completion = new(); // whoever waits goes on in Finish
    readonly byte[][] results = [.. outputs.Select(o => new byte[inputs.Count * o.Bytes])];
    Exception? failure;
    int done;

    public Examples Inputs => inputs;

    /// <summary>How many of the examples were taken into batches.</summary>
    public int Taken { get; set; }

    /// <summary>Whether nobody waits any more.</summary>
    public bool IsOver => failure is not null || abandoned.IsCancellationRequested;

    public Task<Examples> Completion => completion.Task;

    /// <summary>Takes the elements of one output for some of the examples.</summary>
    public void Put(int output, int example, ReadOnlySpan<byte> elements) => elements.CopyTo(results[output].AsSpan(example * outputs[output].Bytes));

    /// <summary>Notes that all outputs of so many more examples are there.</summary>
    /// <returns>Whether none is missing.</returns>
    public bool Complete(int examples) => (done += examples) == inputs.Count;

    /// <summary>Notes that the outputs will not come.</summary>
    /// <returns>Whether this is the first failure.</returns>
    public bool Fail(Exception exception)
    {
        if (failure is not null) return false;
        failure = exception;
        return true;
    }

    /// <summary>Lets who waits go on, on this thread.</summary>
    public void Finish()
    {
        if (failure is null) completion.TrySetResult(new Examples(results, inputs.Count));
        else completion.TrySetException(failure);
    }
}
