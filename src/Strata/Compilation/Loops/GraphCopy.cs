namespace Strata.Compilation;

/// <summary>Copies nodes of graphs into the graph of a tracer, where other tensors may stand for some.</summary>
internal sealed class GraphCopy(Tracer tracer)
{
    readonly Dictionary<Tensor, Tensor> now = [];

    /// <summary>What stands for a tensor of the source.</summary>
    public Tensor this[Tensor x]
    {
        get => now[x];
        set => now[x] = value;
    }

    /// <summary>Whether something stands for <paramref name="x"/>.</summary>
    public bool Has(Tensor x) => now.ContainsKey(x);

    /// <summary>Copies a node, unless something stands for its outputs already.</summary>
    /// <param name="node">The node.</param>
    /// <param name="recorded">Whether open tapes are told.</param>
    public void Copy(Node node, bool recorded = false)
    {
        if (Has(node.Outputs[0])) return;
        var inputs = Array.ConvertAll(node.Inputs, x => now[x]);
        var outputs =
            recorded && node.Operation is Scan { Derivative: null } scan ? Flow.Apply(scan, inputs)
            : recorded && node.Operation is not Leaf ? tracer.Apply(node.Operation, inputs)
            : tracer.Add(node.Operation, inputs, Array.ConvertAll(node.Outputs, y => y.Type));
        for (var i = 0; i < outputs.Length; i++) now[node.Outputs[i]] = outputs[i];
    }

    /// <summary>Takes over what the host does before each run; its values must be copied.</summary>
    public void CopyHost(Graph source) =>
        tracer.Graph.Host.AddRange(source.Host.Select(step => step with { Value = step.Value is { } value ? now[value] : null }));
}
