using Strata.Operations;

namespace Strata.Compilation;

/// <summary>How passes make a graph from another: the nodes are added again one by one, and where a rule knows something better, what the rule
/// computes takes the node's place. Rules are written in tensor operations.</summary>
internal static class Rewriting
{
    /// <summary>What stands for a node: its outputs by other means, or null to leave it.</summary>
    /// <param name="node">The node as it was.</param>
    /// <param name="inputs">What stands for its inputs in the new graph.</param>
    public delegate Tensor[]? Rule(Node node, Tensor[] inputs);

    /// <summary>The graph with each node replaced by what <paramref name="rule"/> gives for it.</summary>
    /// <param name="graph">The graph as it was; it stays as it is.</param>
    /// <param name="rule">What to put in the place of nodes.</param>
    /// <param name="keep">Which nodes to keep at all; by default all.</param>
    /// <param name="rules">What is tried on the operations that <paramref name="rule"/> computes with.</param>
    public static Graph Rewrite(Graph graph, Rule rule, Func<Node, bool>? keep = null, Rules.RuleSet? rules = null)
    {
        var tracer = new Tracer { Rules = rules };
        var now = new Dictionary<Tensor, Tensor>();
        tracer.Run(() =>
        {
            foreach (var node in graph.Nodes)
            {
                if (keep is not null && !keep(node)) continue;
                tracer.Origin = node.Origin;
                tracer.Region = node.Region;
                var inputs = Array.ConvertAll(node.Inputs, x => now[x]);
                var types = Array.ConvertAll(node.Outputs, y => y.Type);
                var outputs = rule(node, inputs) ?? tracer.Add(node.Operation, inputs, types);
                for (var i = 0; i < outputs.Length; i++)
                {
                    if (outputs[i].Type != types[i])
                        throw new InvalidOperationException($"A pass replaced {node} by a {outputs[i].Type}.");
                    now[node.Outputs[i]] = tracer.Symbol(outputs[i]);
                }
            }

            return now;
        });
        return WithEnds(graph, tracer.Graph, now);
    }

    /// <summary>The graph with groups of nodes each replaced by one node, which stands where the last node of the group stood.</summary>
    /// <remarks>No node outside of a group that comes before its last one may need what the group makes.</remarks>
    public static Graph Merge(Graph graph, IEnumerable<MergedNodes> groups)
    {
        var ends = new Dictionary<Node, MergedNodes>();
        var members = new HashSet<Node>();
        foreach (var group in groups)
        {
            ends[group.Members[^1]] = group;
            members.UnionWith(group.Members);
        }

        var tracer = new Tracer();
        var now = new Dictionary<Tensor, Tensor>();
        tracer.Run(() =>
        {
            foreach (var node in graph.Nodes)
            {
                tracer.Origin = node.Origin;
                tracer.Region = node.Region;
                if (ends.TryGetValue(node, out var group))
                    Add(group.Operation, group.Inputs, group.Outputs);
                else if (!members.Contains(node))
                    Add(node.Operation, node.Inputs, node.Outputs);
            }

            return now;
        });
        return WithEnds(graph, tracer.Graph, now);

        void Add(Operation operation, Tensor[] inputs, Tensor[] outputs)
        {
            var made = tracer.Add(
                operation,
                Array.ConvertAll(inputs, x => now.TryGetValue(x, out var known) ? known : tracer.Symbol(x)),
                Array.ConvertAll(outputs, y => y.Type));
            for (var i = 0; i < made.Length; i++) now[outputs[i]] = made[i];
        }
    }

    static Graph WithEnds(Graph graph, Graph result, Dictionary<Tensor, Tensor> now)
    {
        result.Arguments.AddRange(graph.Arguments.Select(x => now[x]));
        result.Results.AddRange(graph.Results.Select(x => now[x]));
        result.Host.AddRange(graph.Host.Select(step => step with { Value = step.Value is { } value ? now[value] : null }));
        foreach (var (variable, value) in graph.Writes) result.Writes[variable] = now[value];
        return result;
    }
}
