using Strata.Compilation.Inspection;
using Strata.Compilation.Passes;
using Strata.Kernels;
using Strata.Operations;

namespace Strata.Compilation.Planning;

/// <summary>The graphs of this process after their passes, for as long as a plan of them lives: a function that is traced to an equal graph, over other
/// variables perhaps, takes over what the passes made, with the loops that were emitted for it.</summary>
internal static class OptimizedGraphs
{
    static readonly Dictionary<int, List<WeakReference<Entry>>> known = []; // by the hash code of the key, so that no key is kept for its own sake

    /// <summary>The graph after its passes, and what must be kept alive so that others find it.</summary>
    public static (Graph Graph, object Keeper) Of(Graph traced, CompileOptions options, bool resultsMayShare, CompileLog? log)
    {
        var key = new GraphKey(traced, options, resultsMayShare);
        var found = Find(key);
        log?.IsShared = found is not null;
        // Also what was found gets an entry of its own: the first function's variables need not live as long as this one.
        var graph = found is null ? OwnMemory.Run(Compiler.Optimize(traced, options, log: log), resultsMayShare) : Bound(found, key, traced);
        var entry = new Entry(key, graph);
        lock (known)
        {
            if (!known.TryGetValue(key.GetHashCode(), out var alike)) known[key.GetHashCode()] = alike = [];
            alike.Add(new(entry));
        }

        return (graph, entry);
    }

    static Entry? Find(GraphKey key)
    {
        lock (known)
        {
            foreach (var (hash, entries) in known.ToArray())
                if (entries.RemoveAll(reference => !reference.TryGetTarget(out _)) > 0 && entries.Count == 0) known.Remove(hash);
            foreach (var reference in known.GetValueOrDefault(key.GetHashCode(), []))
                if (reference.TryGetTarget(out var entry) && entry.Key.Equals(key)) return entry;
            return null;
        }
    }

    // The optimized graph with the variables and host steps of another function.
    static Graph Bound(Entry entry, GraphKey to, Graph traced)
    {
        var variables = entry.Key.Variables.Zip(to.Variables).ToDictionary(pair => pair.First, pair => pair.Second);
        var tracer = new Tracer();
        var now = new Dictionary<Tensor, Tensor>();
        foreach (var node in entry.Graph.Nodes)
        {
            (tracer.Origin, tracer.Region) = (node.Origin, node.Region);
            var outputs = tracer.Add(Own(node.Operation), Array.ConvertAll(node.Inputs, x => now[x]), Array.ConvertAll(node.Outputs, y => y.Type));
            for (var i = 0; i < outputs.Length; i++) now[node.Outputs[i]] = outputs[i];
        }

        var result = tracer.Graph;
        result.Arguments.AddRange(entry.Graph.Arguments.Select(x => now[x]));
        result.Results.AddRange(entry.Graph.Results.Select(x => now[x]));
        result.Host.AddRange(entry.Graph.Host.Select((step, i) => traced.Host[i] with { Value = step.Value is { } value ? now[value] : null }));
        foreach (var (variable, value) in entry.Graph.Writes) result.Writes[variables[variable]] = now[value];
        return result;

        Operation Own(Operation operation) => operation switch
        {
            VariableRead read => new VariableRead(variables[read.Variable]),
            FusedContraction { Weights: not null } fused => fused with { Weights = new WeightCache() }, // packed from other variables
            _ => operation,
        };
    }

    sealed record Entry(GraphKey Key, Graph Graph);
}
