namespace Strata.Memory;

/// <summary>A stretch of work whose temporary tensors go back to the pool at its end. Every tensor made on this thread inside the scope
/// belongs to it; what is handed to <see cref="Return(Tensor)"/>, assigned to a <see cref="Variable"/> or kept with
/// <see cref="Tensor.Keep"/> lives on, the rest is released. A released tensor that is used later gives a clear error, never
/// somebody else's numbers.</summary>
/// <remarks><see cref="Gradient"/> and the training loops open scopes of their own; a hand-written loop that makes large temporaries may
/// open one: <c>using var scope = new TensorScope();</c>. Scopes of a thread nest and must be disposed innermost first.</remarks>
public ref struct TensorScope
{
    [ThreadStatic]
    static List<(Storage Storage, int Generation)>? made;

    [ThreadStatic]
    static int depth;

    static int sweeps;

    readonly int start;
    readonly int sweep;
    bool ended;

    /// <summary>Opens a scope on this thread.</summary>
    public TensorScope()
    {
        made ??= [];
        start = made.Count;
        sweep = Interlocked.Increment(ref sweeps);
        depth++;
    }

    /// <summary>Lets <paramref name="tensor"/> outlive this scope; it then belongs to the enclosing one, if there is one.</summary>
    public readonly Tensor Return(Tensor tensor)
    {
        if (tensor.Storage is { } storage) storage.ReturnedBy = sweep;
        return tensor;
    }

    /// <summary>Lets all <paramref name="tensors"/> outlive this scope.</summary>
    public readonly void Return(ReadOnlySpan<Tensor?> tensors)
    {
        foreach (var tensor in tensors)
            if (tensor is not null) Return(tensor);
    }

    /// <summary>Ends the scope.</summary>
    public void Dispose()
    {
        if (ended || sweep == 0) return; // a default scope is none
        ended = true;
        depth--;
        var items = made!;
        var kept = start;
        for (var i = start; i < items.Count; i++)
        {
            var (storage, generation) = items[i];
            if (storage.Generation != generation) continue; // given back earlier
            if (storage.ReturnedBy == sweep)
            {
                if (depth > 0) items[kept++] = items[i];
            }
            else if (!storage.Kept)
            {
                StoragePool.Return(storage);
            }
        }

        items.RemoveRange(kept, items.Count - kept);
    }

    internal static void Register(Storage storage)
    {
        if (depth > 0) made!.Add((storage, storage.Generation));
    }
}
