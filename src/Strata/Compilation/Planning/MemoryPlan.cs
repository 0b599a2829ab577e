namespace Strata.Compilation.Planning;

/// <summary>Which memory each tensor of a graph lives in. Views lie where their source does; an output takes the place of an input that dies
/// with the node, if its kernel allows; the rest is laid into one arena so that buffers that live at different times share space.</summary>
internal sealed class MemoryPlan
{
    const int Alignment = 64;

    readonly Dictionary<Tensor, Buffer> buffers = [];
    readonly IReadOnlyCollection<int> donated;
    readonly Dictionary<Tensor, int> lastUse = []; // of roots

    /// <param name="graph">The graph.</param>
    /// <param name="donated">The numbers of arguments whose memory may be written.</param>
    public MemoryPlan(Graph graph, IReadOnlyCollection<int> donated)
    {
        this.donated = donated;
        for (var i = 0; i < graph.Nodes.Count; i++)
            foreach (var x in graph.Nodes[i].Inputs) lastUse[Views.Root(x)] = i;
        var kept = new HashSet<Tensor>(graph.Ends.Select(Views.Root));
        foreach (var root in kept) lastUse[root] = int.MaxValue;

        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            var node = graph.Nodes[i];
            for (var output = 0; output < node.Outputs.Length; output++)
            {
                var y = node.Outputs[output];
                buffers[y] = node.Operation.IsView ? buffers[Views.Source(y)]
                    : InPlace(graph, node, output, i) ?? Fresh(node, y, kept.Contains(y) ? BufferKind.Result : BufferKind.Arena, i);
                if (!node.Operation.IsView) buffers[y].Last = Math.Max(buffers[y].Last, lastUse.GetValueOrDefault(y, i));
            }
        }

        ArenaBytes = Lay([.. buffers.Values.Where(b => b.Kind == BufferKind.Arena).Distinct()]);
    }

    /// <summary>The size of the arena.</summary>
    public long ArenaBytes { get; }

    /// <summary>Where a tensor lives.</summary>
    public Buffer this[Tensor x] => buffers[x];

    static Buffer Fresh(Node node, Tensor y, BufferKind kind, int i)
    {
        var bytes = y.Size * y.DType.Size();
        return node.Operation switch
        {
            Argument => new(BufferKind.Argument, bytes),
            Constant => new(BufferKind.Constant, bytes),
            HostValue => new(BufferKind.Host, bytes),
            VariableRead read => new(BufferKind.Variable, bytes) { Variable = read.Variable },
            _ => new(kind, bytes) { First = i },
        };
    }

    // The buffer of an input that the output may be written over.
    Buffer? InPlace(Graph graph, Node node, int output, int i)
    {
        var y = node.Outputs[output];
        for (var input = 0; input < node.Inputs.Length; input++)
        {
            var x = node.Inputs[input];
            var root = Views.Root(x);
            if (!node.Operation.Overwrites(input, output) || x.Type != y.Type || lastUse[root] != i) continue;
            var buffer = buffers[x];
            if (buffer.Last > i) continue; // another output has it already, or it is older than the root and lives on
            var others = node.Inputs.Where((other, at) => at != input && !ReferenceEquals(other, x) && buffers[other] == buffer);
            if (others.Any()) continue; // the same memory under another shape may be read later
            if (node.Outputs.Take(output).Any(other => buffers[other] == buffer)) continue;
            switch (buffer.Kind)
            {
                case BufferKind.Arena:
                    if (lastUse.GetValueOrDefault(y, i) == int.MaxValue) continue; // it is handed out
                    return buffer;
                case BufferKind.Argument when donated.Contains(((Argument)root.Node!.Operation).Index) && !graph.Writes.Values.Any(value => Views.Root(value) == y):
                    return buffer;
                case BufferKind.Variable when IsOnlyTheNewValue(graph, buffer.Variable!, y):
                    return buffer;
            }
        }

        return null;
    }

    bool IsOnlyTheNewValue(Graph graph, Variable variable, Tensor y) =>
        graph.Writes.TryGetValue(variable, out var value) && ReferenceEquals(value, y) && !graph.Results.Contains(y) && !graph.Nodes.Any(n => n.Inputs.Contains(y));

    // Largest first, each at the lowest place that is free for as long as it lives.
    static long Lay(List<Buffer> buffers)
    {
        var laid = new List<Buffer>();
        var end = 0L;
        foreach (var buffer in buffers.OrderByDescending(b => b.Bytes).ThenBy(b => b.First))
        {
            var at = 0L;
            foreach (var other in laid) // ordered by offset
            {
                if (other.Last < buffer.First || buffer.Last < other.First) continue;
                if (at + Rounded(buffer.Bytes) <= other.Offset) break;
                at = Math.Max(at, other.Offset + Rounded(other.Bytes));
            }

            buffer.Offset = at;
            var index = laid.FindIndex(other => other.Offset > at);
            laid.Insert(index < 0 ? laid.Count : index, buffer);
            end = Math.Max(end, at + Rounded(buffer.Bytes));
        }

        return end;
    }

    static long Rounded(long bytes) => (Math.Max(bytes, 1) + Alignment - 1) / Alignment * Alignment;
}
