using Strata.Operations;

namespace Strata.Compilation;

/// <summary>What a function does, as a list of operations in an order in which they can run. A graph is built by a <see cref="Tracer"/>;
/// passes make new graphs from old ones (see <see cref="Rewriting"/>).</summary>
internal sealed class Graph
{
    readonly List<Node> nodes = [];

    /// <summary>The nodes; inputs come before those who take them.</summary>
    public IReadOnlyList<Node> Nodes => nodes;

    /// <summary>The arguments of the function.</summary>
    public List<Tensor> Arguments { get; } = [];

    /// <summary>What the function returns.</summary>
    public List<Tensor> Results { get; } = [];

    /// <summary>The variables that the function changes and their new values. All reads are of the values before.</summary>
    public Dictionary<Variable, Tensor> Writes { get; } = [];

    /// <summary>What the host does before each run.</summary>
    public List<HostStep> Host { get; } = [];

    /// <summary>The tensors that must exist at the end.</summary>
    public IEnumerable<Tensor> Ends => Results.Concat(Writes.Values);

    public Node Add(Operation operation, Tensor[] inputs, TensorType[] types, int origin, int region)
    {
        var node = new Node(this, operation, inputs, types, origin, region);
        nodes.Add(node);
        return node;
    }

    /// <summary>The nodes that a tensor depends on, its own among them, in the graph's order.</summary>
    public IReadOnlyList<Node> Ancestors(Tensor x)
    {
        var found = new HashSet<Node> { x.Node! };
        for (var i = nodes.Count - 1; i >= 0; i--)
            if (found.Contains(nodes[i]))
                foreach (var input in nodes[i].Inputs) found.Add(input.Node!);
        return [.. nodes.Where(found.Contains)];
    }

    /// <summary>The same graph anew, with tensors of it in the place of others.</summary>
    /// <param name="replacements">What stands for what; a replacement must not depend on what it replaces.</param>
    public Graph Clone(IReadOnlyDictionary<Tensor, Tensor> replacements)
    {
        var clone = new Graph();
        var now = new Dictionary<Tensor, Tensor>();
        foreach (var node in nodes)
            if (node.Operation is Leaf || node.Operation.HasEffect) Again(node);
        clone.Arguments.AddRange(Arguments.Select(x => now[x])); // itself, whatever stands for it elsewhere
        clone.Results.AddRange(Results.Select(Of));
        clone.Host.AddRange(Host.Select(step => step with { Value = step.Value is { } value ? now[value] : null }));
        foreach (var (variable, value) in Writes) clone.Writes[variable] = Of(value);
        return clone;

        Tensor Of(Tensor x)
        {
            x = replacements.GetValueOrDefault(x, x);
            if (!now.ContainsKey(x)) Again(x.Node!);
            return now[x];
        }

        void Again(Node node)
        {
            var copy = clone.Add(node.Operation, Array.ConvertAll(node.Inputs, Of), Array.ConvertAll(node.Outputs, y => y.Type), node.Origin, node.Region);
            for (var i = 0; i < node.Outputs.Length; i++) now[node.Outputs[i]] = copy.Outputs[i];
        }
    }

    /// <summary>How many nodes take each tensor, results and new values of variables counted, too.</summary>
    public Dictionary<Tensor, int> Uses()
    {
        var uses = new Dictionary<Tensor, int>();
        foreach (var x in nodes.SelectMany(node => node.Inputs).Concat(Ends)) uses[x] = uses.GetValueOrDefault(x) + 1;
        return uses;
    }
}
