using System.Numerics.Tensors;

namespace Strata.Reinforcement.Search;

/// <summary>The memory of a tree: the positions that were reached, and for each of them its moves with what selection knows of them. Arrays are
/// filled from the front and, when the root moves on, packed into others; they grow to what a search needs and then stay, so that
/// simulations allocate nothing.</summary>
/// <remarks>Most moves are never tried: nothing but their prior is ever looked at or written. Selection reads numbers that lie side by side.</remarks>
sealed class NodePool<TMove>
    where TMove : unmanaged
{
    Block block = new(64, 1024), other = new(0, 0);
    int moveCount;

    public SearchNode[] Nodes => block.Nodes;

    /// <summary>The moves of all nodes.</summary>
    public TMove[] Moves => block.Moves;

    /// <summary>P(s, a) of each move.</summary>
    public float[] Priors => block.Priors;

    /// <summary>Q(s, a) of each move that was tried, as selection sees it: simulations under way are lost, and what is proven is known.</summary>
    public float[] Values => block.Values;

    /// <summary>N(s, a) of each move that was tried, simulations under way among them.</summary>
    public float[] Counts => block.Counts;

    /// <summary>The node that each move leads to, of those that were tried.</summary>
    public int[] Targets => block.Targets;

    /// <summary>Nodes in use.</summary>
    public int Count { get; private set; }

    /// <summary>Starts anew with a bare root at index 0.</summary>
    public void Clear()
    {
        Nodes[0] = new SearchNode { Parent = -1 };
        (Count, moveCount) = (1, 0);
    }

    /// <summary>Gives a node its moves.</summary>
    public void Add(int at, ReadOnlySpan<TMove> moves, ReadOnlySpan<float> priors)
    {
        if (moveCount + moves.Length > Moves.Length) block.ResizeMoves(Math.Max(2 * Moves.Length, moveCount + moves.Length));
        moves.CopyTo(Moves.AsSpan(moveCount));
        priors.CopyTo(Priors.AsSpan(moveCount));
        ref var node = ref Nodes[at];
        (node.FirstMove, node.MoveCount, node.Tried) = (moveCount, (ushort)moves.Length, 0);
        moveCount += moves.Length;
        PutNext(node);
    }

    /// <summary>The node of the move that is to be tried next. References into <see cref="Nodes"/> become stale.</summary>
    public int Try(int parent)
    {
        if (Count == Nodes.Length) block.ResizeNodes(2 * Count);
        ref var node = ref Nodes[parent];
        var move = node.FirstMove + node.Tried++;
        Nodes[Count] = new SearchNode { Parent = parent, Move = move };
        Targets[move] = Count;
        PutNext(node);
        return Count++;
    }

    /// <summary>Brings the largest prior among the moves that were not tried to their front; of equal ones the first.</summary>
    public void PutNext(in SearchNode node)
    {
        var next = node.FirstMove + node.Tried;
        var best = next + TensorPrimitives.IndexOfMax<float>(Priors.AsSpan(next, node.MoveCount - node.Tried));
        if (best <= next) return; // also if none is left
        (Priors[next], Priors[best]) = (Priors[best], Priors[next]);
        (Moves[next], Moves[best]) = (Moves[best], Moves[next]);
    }

    /// <summary>Keeps the subtree of a node, which becomes the root at index 0, and frees the rest.</summary>
    public void Keep(int root)
    {
        if (other.Nodes.Length < Nodes.Length || other.Moves.Length < Moves.Length) other = new Block(Nodes.Length, Moves.Length);
        var to = other;
        to.Nodes[0] = Nodes[root];
        to.Nodes[0].Parent = -1;
        var (nodes, moves) = (1, 0);
        for (var i = 0; i < nodes; i++) // breadth first: what is copied but not yet followed is the queue
        {
            ref var node = ref to.Nodes[i];
            var (first, tried) = (node.FirstMove, (int)node.Tried);
            node.FirstMove = moves;
            Moves.AsSpan(first, node.MoveCount).CopyTo(to.Moves.AsSpan(moves));
            Priors.AsSpan(first, node.MoveCount).CopyTo(to.Priors.AsSpan(moves));
            Values.AsSpan(first, tried).CopyTo(to.Values.AsSpan(moves));
            Counts.AsSpan(first, tried).CopyTo(to.Counts.AsSpan(moves));
            for (var k = 0; k < tried; k++)
            {
                to.Nodes[nodes] = Nodes[Targets[first + k]] with { Parent = i, Move = moves + k };
                to.Targets[moves + k] = nodes++;
            }

            moves += node.MoveCount;
        }

        (block, other) = (to, block);
        (Count, moveCount) = (nodes, moves);
    }

    sealed class Block(int nodes, int moves)
    {
        public SearchNode[] Nodes = new SearchNode[nodes];
        public TMove[] Moves = new TMove[moves];
        public float[] Priors = new float[moves], Values = new float[moves], Counts = new float[moves];
        public int[] Targets = new int[moves];

        public void ResizeNodes(int count) => Array.Resize(ref Nodes, count);

        public void ResizeMoves(int count)
        {
            Array.Resize(ref Moves, count);
            Array.Resize(ref Priors, count);
            Array.Resize(ref Values, count);
            Array.Resize(ref Counts, count);
            Array.Resize(ref Targets, count);
        }
    }
}
