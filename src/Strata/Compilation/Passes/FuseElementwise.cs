using Strata.Operations;

namespace Strata.Compilation.Passes;

/// <summary>Groups element-wise operations over one shape, and reductions of what they make, so that a group runs in one pass over memory. Nothing is computed
/// twice: what others need of a group becomes an output of it.</summary>
/// <remarks>The nodes are gone through in order. A group is open while nobody else has taken what it makes: then it can still run later, with the node that is
/// looked at. So no group can come to depend on itself.</remarks>
internal static class FuseElementwise
{
    public static Graph Run(Graph graph, CompileOptions options)
    {
        if (options.Fusion == FusionMode.Off) return graph;
        var late = OnlyForWrites(graph);
        var scalars = new Dictionary<(double, DType), Tensor>();
        var groups = new List<FusionGroup>();
        var open = new Dictionary<Tensor, FusionGroup>(); // who makes it
        for (var place = 0; place < graph.Nodes.Count; place++)
        {
            var node = graph.Nodes[place];
            if (node.Operation is Reduction reduction && open.TryGetValue(node.Inputs[0], out var source) && source.Makes(node.Inputs[0])
                && source.Fits(node.Inputs[0].Shape, node, late.Contains(node)) && source.CanReduce(reduction) && node.Outputs[0].Size > 0)
            {
                source.Add(place, node, node.Inputs);
                open[node.Outputs[0]] = source;
                continue;
            }

            if (!IsFusable(node))
            {
                foreach (var x in node.Inputs) Close(x);
                continue;
            }

            var operands = Broadcast(node, scalars);
            FusionGroup? group = null;
            foreach (var x in operands)
            {
                if (!open.TryGetValue(x, out var maker) || maker.IsClosed) continue;
                if (maker == group && maker.Makes(x)) continue;
                if (!maker.Makes(x) || !maker.Fits(node.Outputs[0].Shape, node, late.Contains(node)) || !maker.HasRoomFor(group, operands.Length)) maker.IsClosed = true;
                else if (group is null) group = maker;
                else
                {
                    group.Take(maker);
                    foreach (var member in group.Members) open[member.Outputs[0]] = group;
                }
            }

            if (group is { IsClosed: true }) group = null;
            group ??= late.Contains(node) ? null : groups.FindLast(g =>
                g.Fits(node.Outputs[0].Shape, node, isLate: false) && operands.Any(g.Shares) && g.HasRoomFor(null, operands.Length));
            if (group is null) groups.Add(group = new FusionGroup(node.Outputs[0].Shape, node.Region, late.Contains(node)));
            group.Add(place, node, operands);
            open[node.Outputs[0]] = group;
        }

        var needed = graph.Uses();
        var merged = groups.Select(group => group.Merge(needed, options.Fusion)).OfType<MergedNodes>().ToList();
        return merged.Count == 0 ? graph : DeadCode.Run(Rewriting.Merge(graph, merged));

        void Close(Tensor x)
        {
            if (open.TryGetValue(x, out var group)) group.IsClosed = true;
        }
    }

    static bool IsFusable(Node node) => node.Operation.IsElementwise && node.Outputs[0].Size > 0
        && !(node.Operation is Where && node.Inputs[0].Size == 1 && node.Outputs[0].Size > 1);

    // Operands that broadcast need not be written out first.
    static Tensor[] Broadcast(Node node, Dictionary<(double, DType), Tensor> scalars)
    {
        if (node.Operation is not (ElementwiseBinary or Where)) return node.Inputs;
        var operands = (Tensor[])node.Inputs.Clone();
        for (var i = node.Operation is Where ? 1 : 0; i < operands.Length; i++)
            if (operands[i].Node!.Operation is BroadcastTo) operands[i] = operands[i].Node!.Inputs[0];
            else if (operands[i].Node!.Operation is Fill fill)
            {
                if (!scalars.TryGetValue((fill.Value, fill.DType), out var scalar))
                    scalars[(fill.Value, fill.DType)] = scalar = Tracer.Untraced(() => Tensor.Scalar(fill.Value, fill.DType));
                operands[i] = scalar;
            }

        return operands;
    }

    // Nodes that only new values of variables depend on: they run last, so that a failure before leaves the variables as they were.
    static HashSet<Node> OnlyForWrites(Graph graph)
    {
        var needed = new HashSet<Tensor>(graph.Results);
        var late = new HashSet<Node>();
        for (var i = graph.Nodes.Count - 1; i >= 0; i--)
        {
            var node = graph.Nodes[i];
            if (node.Operation is Leaf || node.Operation.HasEffect || Array.Exists(node.Outputs, needed.Contains)) needed.UnionWith(node.Inputs);
            else late.Add(node);
        }

        return late;
    }
}
