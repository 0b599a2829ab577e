using Strata.Games;
using Strata.Random;
using Strata.Threading;

namespace Strata.Reinforcement.Search;

/// <summary>Searches many positions side by side, a leaf or a few of each in every call of the evaluator: how to search many games fast
/// with a network. The positions are dealt out to threads, each with an evaluator of its own.</summary>
/// <param name="evaluators">Makes the evaluator of a thread.</param>
/// <param name="settings">How to search.</param>
/// <param name="threads">How many threads; by default the engine's number.</param>
public sealed class BatchSearch<TMove>(Func<Evaluator<TMove>> evaluators, SearchSettings settings, int? threads = null)
    where TMove : unmanaged, IEquatable<TMove>
{
    Evaluator<TMove>[] own = [];

    /// <summary>Searches each position in a new tree.</summary>
    /// <param name="games">Positions in which there is something to choose; they are left as they are.</param>
    /// <param name="random">Of the noise.</param>
    public SearchTree<TMove>[] Run(IReadOnlyList<IGame<TMove>> games, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(games);
        ArgumentNullException.ThrowIfNull(random);
        var trees = new SearchTree<TMove>[games.Count];
        for (var i = 0; i < trees.Length; i++) trees[i] = new SearchTree<TMove>(games[i], settings, random.Split());
        var parts = Math.Clamp(threads ?? Workers.Threads, 1, Math.Max(1, games.Count));
        while (own.Length < parts) own = [.. own, evaluators()];
        Workers.Apart(parts, part =>
        {
            List<SearchWorker<TMove>> workers = [];
            for (var i = part; i < trees.Length; i += parts) workers.Add(new SearchWorker<TMove>(trees[i], alone: true));
            Search(workers, own[part], settings.Simulations);
        });
        return trees;
    }

    /// <summary>Brings the trees of all workers to a number of simulations, on this thread.</summary>
    /// <param name="workers">One or more on each tree.</param>
    /// <param name="evaluator">Takes the leaves of all of them.</param>
    /// <param name="simulations">Of each tree since its root became the root.</param>
    public static void Search(IReadOnlyList<SearchWorker<TMove>> workers, Evaluator<TMove> evaluator, int simulations)
    {
        SearchWorker<TMove>[] all = [.. workers];
        var (first, busy) = (0, true);
        while (busy)
        {
            busy = false;
            evaluator.Clear();
            var next = first;
            for (var i = 0; i < all.Length; i++) // a full evaluator stops in the middle; those left out begin the next round
            {
                var worker = all[Wrap(first + i)];
                var left = worker.Tree.IsSolved ? 0 : simulations - worker.Tree.Simulations;
                if (left <= 0) continue;
                busy = true;
                if (evaluator.Count == evaluator.Capacity) break;
                worker.Collect(evaluator, Math.Min(left, worker.Tree.Settings.Leaves));
                next = Wrap(first + i + 1);
            }

            first = next;
            if (evaluator.Count > 0) evaluator.Evaluate();
            foreach (var worker in all) worker.Absorb(evaluator);
        }

        int Wrap(int i) => i < all.Length ? i : i - all.Length;
    }
}
