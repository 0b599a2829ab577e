using System.Diagnostics;
using Strata.Games;
using Strata.Games.Players;
using Strata.Threading;

namespace Strata.Reinforcement.Search;

/// <summary>A player for the protocols: one tree, searched by threads, kept from move to move where the game goes on from it.</summary>
/// <param name="name">The name that protocols show.</param>
/// <param name="evaluators">Makes the evaluator of a thread.</param>
/// <param name="settings">How to search; <see cref="SearchSettings.Simulations"/> is what a move may spend where nothing else bounds it.</param>
/// <param name="threads">Threads on the tree. One thread whose evaluator uses several is the better choice for large networks.</param>
public sealed class TreeSearchPlayer<TMove>(string name, Func<Evaluator<TMove>> evaluators, SearchSettings settings, int threads = 1) : IPlayer<TMove>
    where TMove : unmanaged, IEquatable<TMove>
{
    static readonly TimeSpan reportEvery = TimeSpan.FromSeconds(0.5);

    readonly Evaluator<TMove>[] own = [.. Enumerable.Range(0, threads).Select(_ => evaluators())];
    SearchTree<TMove>? tree;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    /// <remarks>A depth means nothing here; a search with no other bound makes the settings' number of simulations.</remarks>
    public TMove Choose(IGame<TMove> game, SearchLimits limits, Action<SearchReport<TMove>>? report, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(game);
        var legal = game.LegalMoves();
        if (game.IsTerminal) return legal.Length > 0 ? legal[0] : throw new ArgumentException($"{name}: there is no move.", nameof(game));
        if (limits.Time is null && limits.Nodes is null && (limits.Depth is not null || !stop.CanBeCanceled)) limits = limits with { Nodes = settings.Simulations };
        Follow(game);
        var clock = Stopwatch.StartNew();
        var gate = new Lock();
        var told = TimeSpan.Zero;
        bool Over() => stop.IsCancellationRequested || clock.Elapsed >= limits.Time || tree!.IsSolved || tree.Simulations >= limits.Nodes;
        Run(Over, () =>
        {
            if (report is null || clock.Elapsed - told < reportEvery) return;
            lock (gate)
            {
                told = clock.Elapsed;
                lock (tree!.Gate) report(Report(clock.Elapsed));
            }
        });
        if (tree!.Moves.Length == 0) return legal[0]; // stopped before the first simulation
        report?.Invoke(Report(clock.Elapsed));
        return tree.Moves[Array.IndexOf(tree.Policy(0), 1)].Move;
    }

    void Run(Func<bool> over, Action progress)
    {
        if (own.Length == 1)
        {
            Walk(new SearchWorker<TMove>(tree!), own[0], over, progress);
            return;
        }

        Workers.Apart(own.Length, part => Walk(new SearchWorker<TMove>(tree!), own[part], over, part == 0 ? progress : () => { }));
    }

    void Walk(SearchWorker<TMove> worker, Evaluator<TMove> evaluator, Func<bool> over, Action progress)
    {
        while (!over())
        {
            evaluator.Clear();
            if (worker.Collect(evaluator, settings.Leaves) == 0) Thread.Yield(); // all leaves within reach are with the other threads
            if (evaluator.Count > 0) evaluator.Evaluate();
            worker.Absorb(evaluator);
            progress();
        }
    }

    /// <summary>Brings the tree to the position: by a move or two from where it stood, if that is where the game went, or anew.</summary>
    void Follow(IGame<TMove> game)
    {
        if (tree is not null && Path(tree.Game.Clone(), game, 2) is { } moves)
        {
            foreach (var move in moves) tree.Advance(move);
            tree.Adopt(game); // what came before may differ, and with it repetitions
            return;
        }

        if (tree is null) tree = new SearchTree<TMove>(game, settings);
        else tree.Restart(game);
    }

    static TMove[]? Path(IGame<TMove> from, IGame<TMove> to, int most)
    {
        if (from.Ply == to.Ply) return from.Hash == to.Hash ? [] : null;
        if (most == 0 || from.Ply > to.Ply || from.IsTerminal) return null;
        foreach (var move in from.LegalMoves())
        {
            from.Apply(move);
            if (Path(from, to, most - 1) is { } rest) return [move, .. rest];
            from.Undo();
        }

        return null;
    }

    SearchReport<TMove> Report(TimeSpan elapsed)
    {
        var line = tree!.Line();
        return new SearchReport<TMove>(Math.Max(1, line.Count), (int)Math.Round(100 * tree.Value), tree.Simulations, elapsed, line);
    }
}
