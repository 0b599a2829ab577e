using Strata.Operations;

namespace Strata.Compilation.Passes;

/// <summary>Makes the updates of all parameters by one rule with the same numbers one operation.</summary>
internal static class FuseUpdates
{
    public static Graph Run(Graph graph)
    {
        var writes = new HashSet<Tensor>(graph.Writes.Values);
        var uses = graph.Uses();
        var groups = graph.Nodes
            .Where(node => node.Operation is ParameterUpdate && node.Outputs.All(y => writes.Contains(y) && uses[y] == 1)) // so all of them may wait for the last
            .GroupBy(node => (node.Operation, node.Inputs[^1], node.Outputs[0].DType, node.Region))
            .Where(group => group.Count() > 1)
            .Select(group => new MergedNodes(
                new FusedUpdates((ParameterUpdate)group.Key.Operation),
                [.. group],
                [.. group.SelectMany(node => node.Inputs[..^1]), group.Key.Item2],
                [.. group.SelectMany(node => node.Outputs)]))
            .ToList();
        return groups.Count == 0 ? graph : Rewriting.Merge(graph, groups);
    }
}
