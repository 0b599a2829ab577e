namespace Strata.Compilation.Inspection;

/// <summary>Runs a graph node by node, each output in memory of its own: what a plan must agree with.</summary>
internal static class Interpreter
{
    /// <summary>The values of all tensors of the graph. Nodes that have nothing but an effect are passed over.</summary>
    /// <param name="graph">What to run.</param>
    /// <param name="leaf">The values of arguments, variables and host values.</param>
    public static Dictionary<Tensor, Tensor> Run(Graph graph, Func<Leaf, Tensor> leaf)
    {
        var values = new Dictionary<Tensor, Tensor>();
        foreach (var node in graph.Nodes)
        {
            if (node.Operation.HasEffect && node.Outputs.Length == 0) continue;
            var outputs = node.Operation switch
            {
                Constant constant => [constant.Value],
                Leaf other => [leaf(other)],
                _ => RunNode(node, Array.ConvertAll(node.Inputs, x => values[x])),
            };
            for (var i = 0; i < outputs.Length; i++) values[node.Outputs[i]] = outputs[i];
        }

        return values;
    }

    /// <summary>The outputs of a node for these inputs, in new memory but for those given in <paramref name="places"/>.</summary>
    public static Tensor[] RunNode(Node node, Tensor[] inputs, Dictionary<int, Tensor>? places = null)
    {
        var outputs = new Tensor[node.Outputs.Length];
        for (var i = 0; i < outputs.Length; i++) outputs[i] = places?.GetValueOrDefault(i) ?? Tensor.Allocate(node.Outputs[i].Shape, node.Outputs[i].DType);
        node.Operation.RunAll(Device.Cpu.Kernels, inputs, outputs);
        GC.KeepAlive(inputs);
        return outputs;
    }
}
