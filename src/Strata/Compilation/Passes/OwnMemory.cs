using Strata.Operations;

namespace Strata.Compilation.Passes;

/// <summary>Copies where the end of a function would not have memory of its own: an argument that is returned as it came, a variable that takes
/// another's value, one tensor for two variables. And puts what only changes variables last, so that a failure before changes nothing.</summary>
internal static class OwnMemory
{
    /// <param name="graph">The graph.</param>
    /// <param name="resultsMayShare">Whether two results may be views of one tensor.</param>
    public static Graph Run(Graph graph, bool resultsMayShare = true)
    {
        var last = OnlyForWrites(graph);
        var tracer = new Tracer();
        var now = new Dictionary<Tensor, Tensor>();
        var owned = new HashSet<Tensor>(); // roots that a result or a variable has
        var result = tracer.Graph;
        tracer.Run(() =>
        {
            foreach (var node in graph.Nodes)
                if (!last.Contains(node)) Again(node);

            // A result keeps the value that a variable had: it must be copied before the variable changes.
            foreach (var x in graph.Results) result.Results.Add(Own(now[x], resultsMayShare));
            foreach (var node in graph.Nodes)
                if (last.Contains(node)) Again(node);
            foreach (var (variable, value) in graph.Writes) result.Writes[variable] = Own(now[value], mayShare: false);
            return result;
        });
        result.Arguments.AddRange(graph.Arguments.Select(x => now[x]));
        result.Host.AddRange(graph.Host.Select(step => step with { Value = step.Value is { } value ? now[value] : null }));
        return result;

        void Again(Node node)
        {
            (tracer.Origin, tracer.Region) = (node.Origin, node.Region);
            var outputs = tracer.Add(node.Operation, Array.ConvertAll(node.Inputs, x => now[x]), Array.ConvertAll(node.Outputs, y => y.Type));
            for (var i = 0; i < outputs.Length; i++) now[node.Outputs[i]] = outputs[i];
        }

        Tensor Own(Tensor x, bool mayShare)
        {
            var root = Views.Root(x);
            var copied = root.Node!.Operation is Leaf || (owned.Contains(root) && !mayShare);
            if (!copied) owned.Add(root);
            return copied ? tracer.Add(new Copy(), [x], [x.Type])[0] : x;
        }
    }

    // Nodes whose outputs nobody takes inside of the function. (Those that nobody takes at all are gone by now.)
    static HashSet<Node> OnlyForWrites(Graph graph)
    {
        var taken = new HashSet<Tensor>(graph.Nodes.SelectMany(node => node.Inputs).Concat(graph.Results));
        return [.. graph.Nodes.Where(node => node.Operation is not Leaf && !node.Operation.HasEffect && !Array.Exists(node.Outputs, taken.Contains))];
    }
}
