using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Strata.Games;

namespace Strata.Reinforcement.Search;

/// <summary>The memory of a tree: the positions that were reached, and for each of them its moves with what selection knows of them. All of it lies in
/// one array, so that what a simulation needs lies close together. The array is filled from the front and, when the root moves on, packed into
/// another; it grows to what a search needs and then stays, so that simulations allocate nothing.</summary>
/// <remarks>Most positions are never left by any move, and most moves never tried: a move takes up no more than itself and its prior until it is. Those that
/// were tried are in front, and behind them is the one with the largest prior. A node is named by its place in the array, the root by 0.</remarks>
sealed class NodePool<TMove>
    where TMove : unmanaged, IEquatable<TMove>
{
    static readonly int nodeWords = (Unsafe.SizeOf<SearchNode<TMove>>() + sizeof(float) - 1) / sizeof(float);
    static readonly int groupWords = Unsafe.SizeOf<MoveGroup>() / sizeof(float);

    readonly Stack<int> copied = []; // nodes whose moves are still to be copied
    float[] words = new float[4096], other = [];
    int end; // of the words in use

    /// <summary>A node. The reference becomes stale when another is added.</summary>
    public ref SearchNode<TMove> this[int at] => ref Unsafe.As<float, SearchNode<TMove>>(ref words[at]);

    /// <summary>Nodes in use.</summary>
    public int Count { get; private set; }

    /// <summary>What selection reads of the moves of a node that were tried.</summary>
    public ReadOnlySpan<MoveGroup> Tried(in SearchNode<TMove> node) => Groups(words, node.Groups, MoveGroup.For(node.Tried));

    /// <summary>The node that a move leads to.</summary>
    /// <param name="node">Where it is made.</param>
    /// <param name="ordinal">Which it is of those that were tried.</param>
    public int Target(in SearchNode<TMove> node, int ordinal) => Lane(ref Group(node, ordinal).Targets, ordinal);

    /// <summary>The moves of a node, those that were tried in front.</summary>
    public Span<TMove> Moves(in SearchNode<TMove> node) => MemoryMarshal.Cast<float, TMove>(words.AsSpan(node.Moves, Words(node.MoveCount)))[..node.MoveCount];

    /// <summary>P(s, a) of each of them. That of a move that was tried stands in its group, too: <see cref="SetPrior"/>.</summary>
    public Span<float> Priors(in SearchNode<TMove> node) => words.AsSpan(node.Moves + Words(node.MoveCount), node.MoveCount);

    /// <summary>Tells selection of the move that leads to a node.</summary>
    public void Show(in SearchNode<TMove> node, float count, float value)
    {
        ref var group = ref Group(this[node.Parent], node.Ordinal);
        Lane(ref group.Counts, node.Ordinal) = count;
        Lane(ref group.Values, node.Ordinal) = value;
    }

    /// <summary>Gives a move of a node another prior; then <see cref="PutNext"/> is due.</summary>
    public void SetPrior(in SearchNode<TMove> node, int ordinal, float prior)
    {
        Priors(node)[ordinal] = prior;
        if (ordinal < node.Tried) Lane(ref Group(node, ordinal).Priors, ordinal) = prior;
    }

    /// <summary>Starts anew with a bare root.</summary>
    public void Clear()
    {
        end = Count = 0;
        NewNode(-1);
    }

    /// <summary>Gives a node its moves; their priors, and then <see cref="PutNext"/>, are due.</summary>
    public ReadOnlySpan<TMove> Add(int at, IGame<TMove> game)
    {
        Reserve(Words(game.MaxMoves) + game.MaxMoves);
        var count = game.LegalMoves(MemoryMarshal.Cast<float, TMove>(words.AsSpan(end)));
        ref var node = ref this[at];
        (node.Moves, node.MoveCount, node.Tried) = (end, (ushort)count, 0);
        end += Words(count) + count;
        return Moves(node);
    }

    /// <summary>Makes a node for the move that is to be tried next.</summary>
    /// <returns>The place of the move among those that were tried.</returns>
    public int Try(int parent)
    {
        var room = Room(this[parent].Tried + 1);
        Reserve(nodeWords + (room * groupWords));
        ref var node = ref this[parent];
        if (room > Room(node.Tried)) Grow(ref node, room);
        var ordinal = node.Tried++;
        var at = NewNode(parent);
        ref var group = ref Group(node, ordinal);
        (Lane(ref group.Priors, ordinal), Lane(ref group.Targets, ordinal)) = (node.NextPrior, at);
        (this[at].Ordinal, this[at].Move) = (ordinal, Moves(node)[ordinal]);
        PutNext(ref node);
        return ordinal;
    }

    /// <summary>Brings the largest prior among the moves that were not tried to their front; of equal ones the first.</summary>
    public void PutNext(ref SearchNode<TMove> node)
    {
        if (node.Tried == node.MoveCount) return;
        var priors = Priors(node)[node.Tried..];
        var best = MoveGroup.Largest.Of(priors);
        node.NextPrior = priors[best];
        if (best == 0) return;
        (priors[0], priors[best]) = (priors[best], priors[0]);
        var moves = Moves(node)[node.Tried..];
        (moves[0], moves[best]) = (moves[best], moves[0]);
    }

    /// <summary>Keeps the subtree of a node, which becomes the root, and frees the rest.</summary>
    public void Keep(int root)
    {
        var from = words;
        words = other.Length < from.Length ? new float[from.Length] : other;
        other = from;
        end = Count = 0;
        for (copied.Push(Head(root, -1)); copied.TryPop(out var at);) // no recursion: a line of moves may be long
        {
            ref var node = ref this[at];
            node.Moves = Append(node.Moves, Words(node.MoveCount) + node.MoveCount);
            node.Groups = Append(node.Groups, Room(node.Tried) * groupWords);
            for (var i = 0; i < node.Tried; i++)
            {
                ref var target = ref Lane(ref Group(node, i).Targets, i);
                copied.Push(target = Head(target, at));
            }
        }

        // A node that still says where its moves were.
        int Head(int old, int parent)
        {
            var at = NewNode(parent);
            this[at] = Unsafe.As<float, SearchNode<TMove>>(ref from[old]) with { Parent = parent };
            return at;
        }

        int Append(int start, int count)
        {
            from.AsSpan(start, count).CopyTo(words.AsSpan(end));
            return (end += count) - count;
        }
    }

    // The words that so many moves take up; so many more for their priors come behind them.
    static int Words(int moves) => (moves * Unsafe.SizeOf<TMove>() + sizeof(float) - 1) / sizeof(float);

    // Groups that are set aside for so many moves: when they are full there are twice as many elsewhere.
    static int Room(int tried) => tried == 0 ? 0 : (int)BitOperations.RoundUpToPowerOf2((uint)MoveGroup.For(tried));

    static Span<MoveGroup> Groups(float[] words, int start, int count) => MemoryMarshal.Cast<float, MoveGroup>(words.AsSpan(start, count * groupWords));

    static ref T Lane<T>(ref Vector256<T> lanes, int ordinal) => ref Unsafe.Add(ref Unsafe.As<Vector256<T>, T>(ref lanes), (int)((uint)ordinal % MoveGroup.Size));

    ref MoveGroup Group(in SearchNode<TMove> node, int ordinal) =>
        ref Unsafe.As<float, MoveGroup>(ref words[node.Groups + ((int)((uint)ordinal / MoveGroup.Size) * groupWords)]);

    void Reserve(int more)
    {
        if (end + more > words.Length) Array.Resize(ref words, 2 * (end + more));
    }

    int NewNode(int parent)
    {
        var at = end;
        end += nodeWords;
        Count++;
        ref var node = ref this[at];
        node = default;
        node.Parent = parent;
        return at;
    }

    void Grow(ref SearchNode<TMove> node, int room)
    {
        var groups = Groups(words, end, room);
        var old = Groups(words, node.Groups, Room(node.Tried));
        old.CopyTo(groups);
        groups[old.Length..].Fill(MoveGroup.Empty);
        node.Groups = end;
        end += room * groupWords;
    }
}
