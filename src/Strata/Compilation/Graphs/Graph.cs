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

    /// <summary>How many nodes take each tensor, results and new values of variables counted, too.</summary>
    public Dictionary<Tensor, int> Uses()
    {
        var uses = new Dictionary<Tensor, int>();
        foreach (var x in nodes.SelectMany(node => node.Inputs).Concat(Ends)) uses[x] = uses.GetValueOrDefault(x) + 1;
        return uses;
    }
}
