using System.Buffers;
using System.Runtime.CompilerServices;
using Strata.Games;

namespace Strata.Reinforcement.Search;

/// <summary>Walks a tree: goes down to leaves, hands them to an evaluator together with those of other trees if wanted, and takes the results
/// back. A worker belongs to one thread; a tree may have several workers.</summary>
/// <param name="tree">The tree.</param>
public sealed class SearchWorker<TMove>(SearchTree<TMove> tree)
    where TMove : unmanaged, IEquatable<TMove>
{
    IGame<TMove> game = tree.Game.Clone(); // stands where the last simulation went: the next goes back no further than to where it turns off
    int version = tree.Version;
    readonly List<int> path = []; // the nodes that the game has come through, the root left out
    readonly List<(int Leaf, int Place, Range Moves)> pending = new(tree.Settings.Leaves);
    readonly ArrayBufferWriter<TMove> moves = new(); // of the pending leaves

    enum Descent
    {
        Leaf,
        End,
        Collision,
    }

    /// <summary>The tree.</summary>
    public SearchTree<TMove> Tree => tree;

    /// <summary>Begins simulations: leaves go to the evaluator, those that meet the end of a game are completed at once.</summary>
    /// <param name="evaluator">Where leaves go; it may hold those of other trees.</param>
    /// <param name="most">Simulations to begin. Fewer are begun when the evaluator is full, or when one arrives at a leaf that is being
    /// evaluated already: no leaf is evaluated twice.</param>
    /// <returns>How many were begun.</returns>
    public int Collect(Evaluator<TMove> evaluator, int most)
    {
        ArgumentNullException.ThrowIfNull(evaluator);
        lock (tree.Gate)
        {
            if (version != tree.Version)
            {
                (game, version) = (tree.Game.Clone(), tree.Version);
                path.Clear();
            }

            var begun = 0;
            while (begun < most && !tree.IsSolved && evaluator.Count < evaluator.Capacity && Descend(evaluator) != Descent.Collision) begun++;
            return begun;
        }
    }

    /// <summary>Completes the simulations whose leaves the evaluator has evaluated.</summary>
    [SkipLocalsInit]
    public void Absorb(Evaluator<TMove> evaluator)
    {
        ArgumentNullException.ThrowIfNull(evaluator);
        if (pending.Count == 0) return;
        Span<float> priors = stackalloc float[game.MaxMoves];
        lock (tree.Gate)
        {
            foreach (var (leaf, place, range) in pending)
            {
                var its = moves.WrittenSpan[range];
                evaluator.Priors(place, priors[..its.Length]);
                tree.Expand(leaf, its, priors[..its.Length]);
                tree.BackUp(leaf, -evaluator.Value(place));
            }
        }

        pending.Clear();
        moves.ResetWrittenCount();
    }

    Descent Descend(Evaluator<TMove> evaluator)
    {
        var (at, depth) = (0, 0);
        tree.Begin(at);
        while (tree.Pool.Nodes[at] is { State: NodeState.Expanded, Solved: false })
        {
            at = tree.Select(at);
            tree.Begin(at);
            if (depth == path.Count || path[depth] != at)
            {
                GoBack(depth);
                path.Add(at);
                game.Apply(tree.Pool.MoveTo(tree.Pool.Nodes[at]));
            }

            depth++;
        }

        GoBack(depth);
        return Arrive(at, evaluator);
    }

    /// <summary>Takes back what the game has played beyond a depth.</summary>
    void GoBack(int depth)
    {
        for (var more = path.Count - depth; more > 0; more--) game.Undo();
        path.RemoveRange(depth, path.Count - depth);
    }

    Descent Arrive(int at, Evaluator<TMove> evaluator)
    {
        ref var node = ref tree.Pool.Nodes[at];
        if (node.State == NodeState.Pending)
        {
            tree.GiveUp(at);
            return Descent.Collision;
        }

        if (node.State == NodeState.Unvisited && game.IsTerminal) tree.Finish(at, (sbyte)-game.Return(game.Player));
        if (node.Solved)
        {
            tree.BackUp(at, node.Outcome);
            return Descent.End;
        }

        var count = game.LegalMoves(moves.GetSpan(game.MaxMoves));
        var range = moves.WrittenCount..(moves.WrittenCount + count);
        moves.Advance(count);
        node.State = NodeState.Pending;
        pending.Add((at, evaluator.Add(game, moves.WrittenSpan[range]), range));
        return Descent.Leaf;
    }
}
