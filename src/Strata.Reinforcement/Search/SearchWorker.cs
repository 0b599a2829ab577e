using System.Runtime.CompilerServices;
using Strata.Games;

namespace Strata.Reinforcement.Search;

/// <summary>Walks a tree: goes down to leaves, hands them to an evaluator together with those of other trees if wanted, and takes the results
/// back. A worker belongs to one thread; a tree may have several workers.</summary>
/// <param name="tree">The tree.</param>
public sealed class SearchWorker<TMove>(SearchTree<TMove> tree)
    where TMove : unmanaged, IEquatable<TMove>
{
    IGame<TMove> game = tree.Game.Clone();
    int version = tree.Version;
    readonly List<(int Leaf, int Place)> pending = new(tree.Settings.Leaves);

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
            if (version != tree.Version) (game, version) = (tree.Game.Clone(), tree.Version);
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
            foreach (var (leaf, place) in pending)
            {
                var moves = priors[..tree.Nodes[leaf].ChildCount];
                evaluator.Priors(place, moves);
                tree.Expand(leaf, moves);
                tree.BackUp(leaf, -evaluator.Value(place));
            }
        }

        pending.Clear();
    }

    [SkipLocalsInit]
    Descent Descend(Evaluator<TMove> evaluator)
    {
        var (at, start) = (0, game.Ply);
        tree.Nodes[0].Virtual += tree.Settings.VirtualLoss;
        while (tree.Nodes[at] is { State: NodeState.Expanded, Solved: false })
        {
            at = tree.Select(at);
            tree.Nodes[at].Virtual += tree.Settings.VirtualLoss;
            game.Apply(tree.Nodes[at].Move);
        }

        var outcome = Arrive(at, evaluator);
        while (game.Ply > start) game.Undo();
        return outcome;
    }

    Descent Arrive(int at, Evaluator<TMove> evaluator)
    {
        ref var node = ref tree.Nodes[at];
        if (node.State == NodeState.Pending)
        {
            tree.GiveUp(at);
            return Descent.Collision;
        }

        if (node.State == NodeState.Unvisited && game.IsTerminal) tree.Finish(at, (float)-game.Return(game.Player));
        if (node.Solved)
        {
            tree.BackUp(at, node.Outcome);
            return Descent.End;
        }

        Span<TMove> moves = stackalloc TMove[game.MaxMoves];
        moves = moves[..game.LegalMoves(moves)];
        tree.Open(at, moves);
        pending.Add((at, evaluator.Add(game, moves)));
        return Descent.Leaf;
    }
}
