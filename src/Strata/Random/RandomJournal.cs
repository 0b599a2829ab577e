namespace Strata.Random;

/// <summary>Keeps the keys that random operations took while a function ran, so that running it again draws the same numbers.</summary>
internal sealed class RandomJournal
{
    [ThreadStatic]
    static RandomJournal? current;

    readonly List<object> keys = [];
    int next = -1; // position when replaying, −1 when recording

    /// <summary>Runs <paramref name="f"/> and keeps the keys that it takes.</summary>
    public T Record<T>(Func<T> f) => Run(f, -1);

    /// <summary>Runs <paramref name="f"/> on the kept keys.</summary>
    public T Replay<T>(Func<T> f) => Run(f, 0);

    /// <summary>The key for the next random operation: <paramref name="fresh"/>'s, or in a replay the one kept.</summary>
    public static T Take<T>(Func<T> fresh)
        where T : notnull
    {
        if (current is not { } journal) return fresh();
        if (journal.next >= 0)
            return journal.next < journal.keys.Count
                ? (T)journal.keys[journal.next++]
                : throw new StrataException("Checkpoint: the function drew more random numbers when it ran again; it must do the same each time.");
        var key = fresh();
        if (key is Tensor tensor) tensor.Keep();
        journal.keys.Add(key);
        return key;
    }

    T Run<T>(Func<T> f, int start)
    {
        var outer = current;
        current = this;
        next = start;
        try
        {
            return f();
        }
        finally
        {
            current = outer;
        }
    }
}
