namespace Strata.Reinforcement.Search;

/// <summary>The memory of a tree: an array of nodes that is filled from the front and, when the root moves on, packed into another. It grows
/// to what a search needs and then stays, so that simulations allocate nothing.</summary>
sealed class NodePool<TMove>
    where TMove : unmanaged
{
    SearchNode<TMove>[] nodes = new SearchNode<TMove>[1024];
    SearchNode<TMove>[] other = [];

    public SearchNode<TMove>[] Nodes => nodes;

    public int Count { get; private set; }

    /// <summary>Starts anew with a bare root at index 0.</summary>
    public void Clear()
    {
        nodes[0] = new SearchNode<TMove> { Parent = -1 };
        Count = 1;
    }

    /// <summary>The index of the first of the new children of a node. References into <see cref="Nodes"/> become stale.</summary>
    public int Add(int parent, ReadOnlySpan<TMove> moves)
    {
        if (Count + moves.Length > nodes.Length) Array.Resize(ref nodes, Math.Max(2 * nodes.Length, Count + moves.Length));
        var first = Count;
        Count += moves.Length;
        for (var i = 0; i < moves.Length; i++) nodes[first + i] = new SearchNode<TMove> { Parent = parent, Move = moves[i] };
        nodes[parent].FirstChild = first;
        nodes[parent].ChildCount = (ushort)moves.Length;
        return first;
    }

    /// <summary>Keeps the subtree of a node, which becomes the root at index 0, and frees the rest.</summary>
    public void Keep(int root)
    {
        if (other.Length < nodes.Length) other = new SearchNode<TMove>[nodes.Length];
        other[0] = nodes[root];
        other[0].Parent = -1;
        var end = 1;
        for (var i = 0; i < end; i++) // breadth first: what is copied but not yet followed is the queue
        {
            ref var node = ref other[i];
            if (node.State != NodeState.Expanded) continue;
            nodes.AsSpan(node.FirstChild, node.ChildCount).CopyTo(other.AsSpan(end));
            for (var child = end; child < end + node.ChildCount; child++) other[child].Parent = i;
            node.FirstChild = end;
            end += node.ChildCount;
        }

        (nodes, other) = (other, nodes);
        Count = end;
    }
}
