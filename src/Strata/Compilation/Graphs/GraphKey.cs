using Strata.Operations;

namespace Strata.Compilation;

/// <summary>A traced graph as a key. Two are equal if they do the same operations in the same order with the same options; the variables they read and
/// write and what the host does before a run may be others, as long as they stand at the same places.</summary>
/// <remarks>Loops and branches are compared by reference, so the functions around them are not shared, but their bodies are.</remarks>
internal sealed class GraphKey : IEquatable<GraphKey>
{
    readonly Graph graph;
    readonly CompileOptions options;
    readonly bool resultsMayShare;
    readonly Dictionary<Tensor, (int Node, int Output)> places = [];
    readonly int hash;

    public GraphKey(Graph graph, CompileOptions options, bool resultsMayShare)
    {
        (this.graph, this.options, this.resultsMayShare) = (graph, options, resultsMayShare);
        var code = new HashCode();
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            var node = graph.Nodes[i];
            for (var k = 0; k < node.Outputs.Length; k++) places[node.Outputs[k]] = (i, k);
            if (node.Operation is VariableRead read && !Variables.Contains(read.Variable)) Variables.Add(read.Variable);
            if (node.Operation is Leaf leaf) code.Add(leaf.Type);
            else code.Add(node.Operation);
            foreach (var x in node.Inputs) code.Add(places[x]);
        }

        foreach (var (variable, _) in graph.Writes)
            if (!Variables.Contains(variable)) Variables.Add(variable);
        hash = code.ToHashCode();
    }

    /// <summary>The variables, in the order in which they come up.</summary>
    public List<Variable> Variables { get; } = [];

    public bool Equals(GraphKey? other)
    {
        if (other is null || hash != other.hash || options != other.options || resultsMayShare != other.resultsMayShare) return false;
        if (graph.Nodes.Count != other.graph.Nodes.Count || !Variables.Select(TypeOf).SequenceEqual(other.Variables.Select(TypeOf))) return false;
        for (var i = 0; i < graph.Nodes.Count; i++)
            if (!Same(graph.Nodes[i], other, other.graph.Nodes[i])) return false;
        return Same(graph.Arguments, other, other.graph.Arguments)
            && Same(graph.Results, other, other.graph.Results)
            && graph.Host.Count == other.graph.Host.Count
            && graph.Host.Zip(other.graph.Host).All(pair => (pair.First.Value is null && pair.Second.Value is null)
                || (pair.First.Value is { } a && pair.Second.Value is { } b && places[a] == other.places[b]))
            && Same([.. Written(this)], other, [.. Written(other)])
            && Variables.Zip(other.Variables).All(pair => graph.Writes.ContainsKey(pair.First) == other.graph.Writes.ContainsKey(pair.Second));

        static TensorType TypeOf(Variable variable) => new(variable.Shape, variable.DType);

        static IEnumerable<Tensor> Written(GraphKey key) => key.Variables.Where(key.graph.Writes.ContainsKey).Select(v => key.graph.Writes[v]);
    }

    public override bool Equals(object? obj) => Equals(obj as GraphKey);

    public override int GetHashCode() => hash;

    bool Same(Node a, GraphKey other, Node b) =>
        a.Region == b.Region && a.Origin == b.Origin && SameOperation(a.Operation, other, b.Operation) && Same(a.Inputs, other, b.Inputs);

    bool Same(IReadOnlyList<Tensor> a, GraphKey other, IReadOnlyList<Tensor> b)
    {
        if (a.Count != b.Count) return false;
        for (var i = 0; i < a.Count; i++)
            if (places[a[i]] != other.places[b[i]]) return false;
        return true;
    }

    bool SameOperation(Operation a, GraphKey other, Operation b) => (a, b) switch
    {
        (VariableRead x, VariableRead y) => Variables.IndexOf(x.Variable) == other.Variables.IndexOf(y.Variable),
        (Constant x, Constant y) => x.Type == y.Type && SameElements(x.Value, y.Value),
        _ => a.Equals(b),
    };

    static unsafe bool SameElements(Tensor a, Tensor b)
    {
        if (ReferenceEquals(a, b)) return true;
        var bytes = a.Size * a.DType.Size();
        if (bytes > int.MaxValue) return false;
        var same = new ReadOnlySpan<byte>(a.Pointer, (int)bytes).SequenceEqual(new ReadOnlySpan<byte>(b.Pointer, (int)bytes));
        GC.KeepAlive((a, b));
        return same;
    }
}
