namespace Strata.Compilation.Passes;

/// <summary>Drops nodes that no result, no new value of a variable and no effect depends on.</summary>
internal static class DeadCode
{
    public static Graph Run(Graph graph)
    {
        var needed = new HashSet<Node>();
        foreach (var end in graph.Ends) needed.Add(end.Node!);
        for (var i = graph.Nodes.Count - 1; i >= 0; i--)
        {
            var node = graph.Nodes[i];
            if (node.Operation.HasEffect || node.Operation is Argument or HostValue) needed.Add(node);
            if (!needed.Contains(node)) continue;
            foreach (var x in node.Inputs) needed.Add(x.Node!);
        }

        return needed.Count == graph.Nodes.Count ? graph : Rewriting.Rewrite(graph, (_, _) => null, needed.Contains);
    }
}
