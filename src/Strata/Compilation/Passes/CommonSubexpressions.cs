namespace Strata.Compilation.Passes;

/// <summary>Computes once what stands twice: equal operations of equal inputs, and small constants with equal elements. Operations with an
/// effect stay, and so do those of different checkpoints, which compute again on purpose. Equal random draws differ in their keys.</summary>
internal static class CommonSubexpressions
{
    const long LargestConstant = 4096; // bytes that are compared

    public static Graph Run(Graph graph)
    {
        var known = new Dictionary<Node, Tensor[]>(new Likeness());
        return Rewriting.Rewrite(graph, (node, inputs) =>
        {
            if (node.Operation.HasEffect || node.Operation is Argument or HostValue) return null;
            var here = new Node(node.Graph, node.Operation, inputs, [], node.Origin, node.Region);
            if (known.TryGetValue(here, out var same)) return same;
            var outputs = Tracer.Current!.Add(node.Operation, inputs, Array.ConvertAll(node.Outputs, y => y.Type));
            known[here] = outputs;
            return outputs;
        });
    }

    /// <summary>Nodes are alike if they compute the same.</summary>
    sealed class Likeness : IEqualityComparer<Node>
    {
        public bool Equals(Node? a, Node? b) =>
            a!.Region == b!.Region && a.Inputs.AsSpan().SequenceEqual(b.Inputs) && (a.Operation.Equals(b.Operation)
                || (a.Operation is Constant p && b.Operation is Constant q && p.Type == q.Type && Bytes(p).SequenceEqual(Bytes(q)) && IsSmall(p)));

        public int GetHashCode(Node node)
        {
            var hash = new HashCode();
            hash.Add(node.Region);
            if (node.Operation is Constant constant && IsSmall(constant)) hash.AddBytes(Bytes(constant));
            else hash.Add(node.Operation);
            foreach (var x in node.Inputs) hash.Add(x);
            return hash.ToHashCode();
        }

        static bool IsSmall(Constant constant) => constant.Value.Size * constant.Value.DType.Size() <= LargestConstant;

        static unsafe ReadOnlySpan<byte> Bytes(Constant constant) => IsSmall(constant)
            ? new(constant.Value.Pointer, (int)(constant.Value.Size * constant.Value.DType.Size()))
            : [];
    }
}
