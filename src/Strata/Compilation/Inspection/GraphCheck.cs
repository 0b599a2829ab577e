using Strata.Operations;

namespace Strata.Compilation.Inspection;

/// <summary>What must hold of every graph.</summary>
internal static class GraphCheck
{
    /// <summary>Throws if a node takes what does not come before it, or has other types than its operation says, or an end is not of the graph.</summary>
    public static void Run(Graph graph, string after)
    {
        var known = new HashSet<Tensor>();
        foreach (var node in graph.Nodes)
        {
            foreach (var x in node.Inputs)
                if (!known.Contains(x)) throw Wrong($"{node} takes a {x.Type} that no node before it makes");
            var types = node.Operation.InferAll(node.Inputs);
            if (!types.SequenceEqual(node.Outputs.Select(y => y.Type))) throw Wrong($"{node} should make {string.Join(", ", types)}");
            foreach (var y in node.Outputs) known.Add(y);
        }

        foreach (var x in graph.Arguments.Concat(graph.Ends).Concat(graph.Host.Select(step => step.Value).OfType<Tensor>()))
            if (!known.Contains(x)) throw Wrong($"an end of type {x.Type} is of another graph");

        StrataException Wrong(string what) => new($"Debug: after the pass {after} the graph is not sound: {what}.");
    }
}
