using Strata.Games;

namespace Strata.Reinforcement.Search;

/// <summary>Walks a tree: goes down to leaves, hands them to an evaluator together with those of other trees if wanted, and takes the results
/// back. A worker belongs to one thread; a tree may have several workers.</summary>
/// <param name="tree">The tree.</param>
/// <param name="alone">Whether no other worker walks the tree while this one does: then it need not lock others out.</param>
public sealed class SearchWorker<TMove>(SearchTree<TMove> tree, bool alone = false)
    where TMove : unmanaged, IEquatable<TMove>
{
    IGame<TMove> game = tree.Game.Clone(); // stands where the last simulation went: the next goes back no further than to where it turns off
    int version = tree.Version;
    readonly List<int> path = []; // the nodes that the game has come through, the root left out
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
        using var gate = Enter();
        if (version != tree.Version)
        {
            (game, version) = (tree.Game.Clone(), tree.Version);
            path.Clear();
        }

        var begun = 0;
        while (begun < most && !tree.IsSolved && evaluator.Count < evaluator.Capacity && Descend(evaluator) != Descent.Collision) begun++;
        return begun;
    }

    /// <summary>Completes the simulations whose leaves the evaluator has evaluated.</summary>
    public void Absorb(Evaluator<TMove> evaluator)
    {
        ArgumentNullException.ThrowIfNull(evaluator);
        if (pending.Count == 0) return;
        using var gate = Enter();
        foreach (var (leaf, place) in pending)
        {
            evaluator.Priors(place, tree.Pool.Priors(tree.Pool[leaf]));
            tree.Expand(leaf, -evaluator.Value(place));
        }

        pending.Clear();
    }

    Lock.Scope Enter() => alone ? default : tree.Gate.EnterScope();

    Descent Descend(Evaluator<TMove> evaluator)
    {
        var (at, depth) = (0, 0);
        tree.CountLosses();
        for (var open = tree.Pool[at].IsOpen; open; depth++)
        {
            var ordinal = tree.Select(at);
            at = tree.Pool.Target(tree.Pool[at], ordinal);
            ref readonly var node = ref tree.Pool[at];
            open = node.IsOpen;
            if (depth < path.Count && path[depth] == at) continue;
            GoBack(depth);
            path.Add(at);
            game.Apply(node.Move);
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
        ref var node = ref tree.Pool[at];
        if (node.State == NodeState.Pending) return Descent.Collision;
        if (node.State == NodeState.Unvisited && game.IsTerminal) tree.Finish(at, (sbyte)-game.Return(game.Player));
        if (node.Solved)
        {
            tree.BackUp(at, node.Outcome);
            return Descent.End;
        }

        pending.Add((at, evaluator.Add(game, tree.Pool.Add(at, game))));
        tree.Await(at);
        return Descent.Leaf;
    }
}
