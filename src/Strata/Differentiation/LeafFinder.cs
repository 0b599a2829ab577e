namespace Strata.Differentiation;

/// <summary>Notes the tensors that operations read but did not make while a function runs.</summary>
internal sealed class LeafFinder
{
    [ThreadStatic]
    static LeafFinder? current;

    readonly HashSet<Tensor> made = [];
    readonly List<Tensor> found = [];
    readonly HashSet<Tensor> seen = [];

    /// <summary>Whether a finder is at work on this thread.</summary>
    public static bool Active => current is not null;

    /// <summary>Whether nobody looks, or the tensor was made while somebody did.</summary>
    public static bool Follows(Tensor x) => current is not { } finder || finder.made.Contains(x);

    /// <summary>The leaves, in the order of their first use.</summary>
    public IReadOnlyList<Tensor> Found => found;

    /// <summary>Runs <paramref name="f"/> and notes.</summary>
    public T Run<T>(Func<T> f)
    {
        var outer = current;
        current = this;
        try
        {
            return f();
        }
        finally
        {
            current = outer;
        }
    }

    /// <summary>Tells the finder at work, if any, that an operation was applied.</summary>
    public static void Note(Tensor[] inputs, Tensor[] outputs)
    {
        if (current is not { } finder) return;
        foreach (var input in inputs)
            if (!finder.made.Contains(input) && finder.seen.Add(input)) finder.found.Add(input);
        foreach (var output in outputs) finder.made.Add(output);
    }
}
