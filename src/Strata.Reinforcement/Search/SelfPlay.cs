using Strata.Games;
using Strata.Random;
using Strata.Threading;

namespace Strata.Reinforcement.Search;

/// <summary>Plays games of a network against itself, many side by side on each thread. A call plays until so many games have ended; those
/// under way go on in the next call, with whatever network is then in force.</summary>
public sealed class SelfPlay<TMove>
    where TMove : unmanaged, IEquatable<TMove>
{
    readonly Actor[] actors;

    /// <summary>No game has begun.</summary>
    /// <param name="start">The position that games begin with.</param>
    /// <param name="settings">How they are played.</param>
    /// <param name="evaluators">Makes the evaluator of a thread, given how many leaves it must hold.</param>
    /// <param name="random">Of noise and moves.</param>
    /// <param name="threads">How many threads; by default the engine's number.</param>
    public SelfPlay(IGame<TMove> start, SelfPlaySettings<TMove> settings, Func<int, Evaluator<TMove>> evaluators, RandomStream random, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(evaluators);
        ArgumentNullException.ThrowIfNull(random);
        actors = [.. random.Split(threads ?? Workers.Threads).Select(own => new Actor(start, settings, evaluators(settings.ParallelGames * settings.Search.Leaves), own))];
    }

    /// <summary>The evaluators, one a thread.</summary>
    public IEnumerable<Evaluator<TMove>> Evaluators => actors.Select(actor => actor.Evaluator);

    /// <summary>Plays until <paramref name="games"/> games have ended, and returns those.</summary>
    public IReadOnlyList<SelfPlayGame<TMove>> Play(int games)
    {
        var ended = new List<SelfPlayGame<TMove>>[actors.Length];
        Workers.Apart(actors.Length, part => ended[part] = actors[part].Play((games + actors.Length - 1 - part) / actors.Length));
        return [.. ended.SelectMany(list => list)];
    }

    /// <summary>The games of one thread.</summary>
    sealed class Actor(IGame<TMove> start, SelfPlaySettings<TMove> settings, Evaluator<TMove> evaluator, RandomStream random)
    {
        readonly Table[] tables = [.. Enumerable.Range(0, settings.ParallelGames).Select(_ => new Table(start, settings, random.Split()))];

        public Evaluator<TMove> Evaluator => evaluator;

        public List<SelfPlayGame<TMove>> Play(int games)
        {
            var ended = new List<SelfPlayGame<TMove>>();
            while (ended.Count < games)
            {
                evaluator.Clear();
                foreach (var table in tables) table.Collect(evaluator);
                if (evaluator.Count > 0) evaluator.Evaluate();
                foreach (var table in tables)
                    if (table.Absorb(evaluator) is { } game) ended.Add(game);
            }

            return ended;
        }
    }

    /// <summary>One game after the other.</summary>
    sealed class Table
    {
        readonly IGame<TMove> start;
        readonly SelfPlaySettings<TMove> settings;
        readonly RandomStream random;
        readonly SearchTree<TMove> tree;
        readonly SearchWorker<TMove> worker;
        readonly double[] lows = new double[2]; // of each player's prospects
        List<TMove> moves = [];
        List<SparsePolicy> policies = [];
        List<float> values = [];
        int opening; // moves drawn before the first search
        bool playedOut;

        public Table(IGame<TMove> start, SelfPlaySettings<TMove> settings, RandomStream random)
        {
            (this.start, this.settings, this.random) = (start, settings, random);
            tree = new SearchTree<TMove>(start, settings.Search, random.Split());
            worker = new SearchWorker<TMove>(tree, alone: true);
            settings.Opening?.Check();
            Begin();
        }

        public void Collect(Evaluator<TMove> evaluator) =>
            worker.Collect(evaluator, Math.Min(settings.Search.Leaves, settings.Search.Simulations - tree.Simulations));

        /// <summary>The game, if it has ended.</summary>
        public SelfPlayGame<TMove>? Absorb(Evaluator<TMove> evaluator)
        {
            worker.Absorb(evaluator);
            if (tree.Simulations < settings.Search.Simulations && !tree.IsSolved) return null;
            var player = tree.Game.Player;
            var prospects = Math.Max(tree.Value, tree.Moves.Max(move => move.Visits == 0 ? -1 : move.Value));
            lows[player] = Math.Min(lows[player], prospects);
            if (settings.Resignation is { } resignation && !playedOut && prospects < resignation.Threshold) return End(player == 0 ? -1 : 1);

            policies.Add(SparsePolicy.Of(tree));
            values.Add((float)tree.Value);
            var chosen = tree.Choose(moves.Count < settings.TemperaturePlies ? 1 : 0, random);
            moves.Add(chosen);
            var after = tree.Game; // the tree's own; it is put back by Undo or moved on for good
            after.Apply(chosen);
            var over = after.IsTerminal;
            double? result = over ? after.Return(0) : moves.Count >= settings.MaxPlies ? settings.Adjudicate?.Invoke(after) ?? 0 : null;
            after.Undo();
            if (result is { } z)
            {
                if (playedOut) settings.Resignation?.Report(z == 0 ? 1 : lows[z > 0 ? 0 : 1]);
                return End(z);
            }

            tree.Advance(chosen);
            if (!settings.ReuseTree) tree.Restart(tree.Game);
            return null;
        }

        SelfPlayGame<TMove> End(double result)
        {
            var game = new SelfPlayGame<TMove>(moves, policies, result) { Values = values, Opening = opening };
            Begin();
            return game;
        }

        void Begin()
        {
            (moves, policies, values) = (settings.Opening?.Draw(start, random) ?? [], [], []);
            opening = moves.Count;
            var first = start.Clone();
            foreach (var move in moves) first.Apply(move);
            tree.Restart(first);
            lows.AsSpan().Fill(1);
            playedOut = settings.Resignation?.PlaysOut(random) ?? false;
        }
    }
}
