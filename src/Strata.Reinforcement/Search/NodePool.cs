using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Strata.Reinforcement.Search;

/// <summary>The memory of a tree: the positions that were reached, and for each of them its moves with what selection knows of them. Arrays are
/// filled from the front and, when the root moves on, packed into others; they grow to what a search needs and then stay, so that
/// simulations allocate nothing.</summary>
/// <remarks>Most positions are never left by any move, and most moves never tried: a move takes up no more than itself and its prior until it is. Those that
/// were tried are in front, and behind them is the one with the largest prior.</remarks>
sealed class NodePool<TMove>
    where TMove : unmanaged
{
    Block block = new(64, 1024, 64), other = new(0, 0, 0);
    int moveCount, groupCount;

    public SearchNode[] Nodes => block.Nodes;

    /// <summary>The moves of all nodes.</summary>
    public TMove[] Moves => block.Moves;

    /// <summary>P(s, a) of each move. That of a move that was tried stands in its group, too: <see cref="SetPrior"/>.</summary>
    public float[] Priors => block.Priors;

    /// <summary>Nodes in use.</summary>
    public int Count { get; private set; }

    /// <summary>What selection reads of the moves of a node that were tried.</summary>
    public ReadOnlySpan<MoveGroup> Tried(in SearchNode node) => block.Groups.AsSpan(node.FirstGroup, MoveGroup.For(node.Tried));

    /// <summary>The node that a move leads to.</summary>
    /// <param name="node">Where it is made.</param>
    /// <param name="ordinal">Which it is of those that were tried.</param>
    public int Target(in SearchNode node, int ordinal) => Lane(ref Group(node, ordinal).Targets, ordinal);

    /// <summary>The move that leads to a node, which is not the root.</summary>
    public TMove MoveTo(in SearchNode node) => Moves[Nodes[node.Parent].FirstMove + node.Ordinal];

    /// <summary>Tells selection of the move that leads to a node.</summary>
    public void Show(in SearchNode node, float count, float value)
    {
        ref var group = ref Group(Nodes[node.Parent], node.Ordinal);
        Lane(ref group.Counts, node.Ordinal) = count;
        Lane(ref group.Values, node.Ordinal) = value;
    }

    /// <summary>Gives a move of a node another prior; then <see cref="PutNext"/> is due.</summary>
    public void SetPrior(in SearchNode node, int ordinal, float prior)
    {
        Priors[node.FirstMove + ordinal] = prior;
        if (ordinal < node.Tried) Lane(ref Group(node, ordinal).Priors, ordinal) = prior;
    }

    /// <summary>Starts anew with a bare root at index 0.</summary>
    public void Clear()
    {
        Nodes[0] = new SearchNode { Parent = -1 };
        (Count, moveCount, groupCount) = (1, 0, 0);
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
        var room = Room(node.Tried + 1);
        if (room > Room(node.Tried)) node.FirstGroup = Grown(node, room);
        var ordinal = node.Tried++;
        ref var group = ref Group(node, ordinal);
        (Lane(ref group.Priors, ordinal), Lane(ref group.Targets, ordinal)) = (Priors[node.FirstMove + ordinal], Count);
        Nodes[Count] = new SearchNode { Parent = parent, Ordinal = ordinal };
        PutNext(node);
        return Count++;
    }

    /// <summary>Brings the largest prior among the moves that were not tried to their front; of equal ones the first.</summary>
    public void PutNext(in SearchNode node)
    {
        var next = node.FirstMove + node.Tried;
        var best = next + MoveGroup.Largest.Of(Priors.AsSpan(next, node.MoveCount - node.Tried));
        if (best <= next) return; // also if none is left
        (Priors[next], Priors[best]) = (Priors[best], Priors[next]);
        (Moves[next], Moves[best]) = (Moves[best], Moves[next]);
    }

    /// <summary>Keeps the subtree of a node, which becomes the root at index 0, and frees the rest.</summary>
    public void Keep(int root)
    {
        var from = block;
        block = other.Holds(from) ? other : new Block(from.Nodes.Length, from.Moves.Length, from.Groups.Length);
        other = from;
        Nodes[0] = from.Nodes[root];
        Nodes[0].Parent = -1;
        (Count, moveCount, groupCount) = (1, 0, 0);
        for (var i = 0; i < Count; i++) // breadth first: what is copied but not yet followed is the queue
        {
            ref var node = ref Nodes[i];
            from.Moves.AsSpan(node.FirstMove, node.MoveCount).CopyTo(Moves.AsSpan(moveCount));
            from.Priors.AsSpan(node.FirstMove, node.MoveCount).CopyTo(Priors.AsSpan(moveCount));
            from.Groups.AsSpan(node.FirstGroup, Room(node.Tried)).CopyTo(block.Groups.AsSpan(groupCount));
            (node.FirstMove, node.FirstGroup) = (moveCount, groupCount);
            moveCount += node.MoveCount;
            groupCount += Room(node.Tried);
            for (var k = 0; k < node.Tried; k++)
            {
                ref var target = ref Lane(ref Group(node, k).Targets, k);
                Nodes[Count] = from.Nodes[target] with { Parent = i };
                target = Count++;
            }
        }
    }

    // Groups that are set aside for so many moves: when they are full there are twice as many elsewhere.
    static int Room(int tried) => tried == 0 ? 0 : (int)BitOperations.RoundUpToPowerOf2((uint)MoveGroup.For(tried));

    int Grown(in SearchNode node, int room)
    {
        var (first, full) = (groupCount, Room(node.Tried));
        if (groupCount + room > block.Groups.Length) block.ResizeGroups(2 * (groupCount + room));
        groupCount += room;
        var groups = block.Groups.AsSpan(first, room);
        block.Groups.AsSpan(node.FirstGroup, full).CopyTo(groups);
        groups[full..].Fill(MoveGroup.Empty);
        return first;
    }

    ref MoveGroup Group(in SearchNode node, int ordinal) => ref block.Groups[node.FirstGroup + (ordinal / MoveGroup.Size)];

    static ref T Lane<T>(ref Vector256<T> lanes, int ordinal) => ref Unsafe.Add(ref Unsafe.As<Vector256<T>, T>(ref lanes), ordinal % MoveGroup.Size);

    sealed class Block(int nodes, int moves, int groups)
    {
        public SearchNode[] Nodes = new SearchNode[nodes];
        public TMove[] Moves = new TMove[moves];
        public float[] Priors = new float[moves];
        public MoveGroup[] Groups = new MoveGroup[groups];

        public bool Holds(Block other) => Nodes.Length >= other.Nodes.Length && Moves.Length >= other.Moves.Length && Groups.Length >= other.Groups.Length;

        public void ResizeNodes(int count) => Array.Resize(ref Nodes, count);

        public void ResizeMoves(int count)
        {
            Array.Resize(ref Moves, count);
            Array.Resize(ref Priors, count);
        }

        public void ResizeGroups(int count) => Array.Resize(ref Groups, count);
    }
}
