using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Strata.Games;
using Strata.Games.Chess;
using Strata.Games.Go;
using Strata.Games.InARow;
using Strata.Random;
using Strata.Reinforcement.Search;
using Strata.Threading;

namespace Strata.Bench;

/// <summary><c>search</c>: simulations a second of tree search with networks of stated sizes, 800 a move, and how much of the time is not the network's.</summary>
internal static class SearchCommand
{
    const int MostPlies = 100; // of a game
    const double WarmSeconds = 3; // the JIT's last tier comes as late as this

    sealed record Row(string Game, string Network, int Games, double SimulationsPerSecond, double SearchShare);

    public static Command Create()
    {
        var seconds = new Option<double>("--seconds") { Description = "How long each is measured.", DefaultValueFactory = _ => 3 };
        var threads = new Option<int>("--threads") { Description = "Threads, each with games of its own.", DefaultValueFactory = _ => 2 };
        var games = new Argument<string[]>("GAME") { Description = "Games by name; all if none is named.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("search", "Times tree search with networks: simulations a second and the share of the time that is not the network's.") { games, seconds, threads };
        command.SetAction(parsed =>
        {
            var table = new Table().AddColumns("game", "network", "games side by side", "simulations/s", "search apart from the net");
            var chosen = parsed.GetValue(games) ?? [];
            foreach (var (_, measure) in Workloads.Where(w => chosen.Length == 0 || chosen.Contains(w.Game)))
            {
                var row = measure(parsed.GetValue(seconds), parsed.GetValue(threads));
                table.AddRow(row.Game, row.Network, $"{row.Games}", row.SimulationsPerSecond.ToString("0", CultureInfo.InvariantCulture), row.SearchShare.ToString("0.0 %", CultureInfo.InvariantCulture));
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Game}, {row.Network}: {row.SimulationsPerSecond:0} simulations/s, {row.SearchShare:0.0 %} search"));
            }

            AnsiConsole.Write(table);
        });
        return command;
    }

    static IEnumerable<(string Game, Func<double, int, Row> Measure)> Workloads =>
    [
        ("Connect Four", (s, t) => Measure("Connect Four", new ConnectFourGame(), blocks: 3, filters: 16, games: 32, s, t)),
        ("Connect Four", (s, t) => Measure("Connect Four", new ConnectFourGame(), blocks: 4, filters: 64, games: 32, s, t)),
        ("Go 5×5", (s, t) => Measure("Go 5×5", new GoGame(5), blocks: 2, filters: 16, games: 32, s, t)),
        ("Go 9×9", (s, t) => Measure("Go 9×9", new GoGame(9), blocks: 5, filters: 64, games: 16, s, t)),
        ("chess", (s, t) => Measure("chess", ChessGame.Start(ChessVariant.Standard), blocks: 5, filters: 64, games: 16, s, t, PolicyHead.Planes)),
        ("Go 19×19", (s, t) => Measure("Go 19×19", new GoGame(19), blocks: 19, filters: 256, games: 1, s, t, leaves: 8)),
    ];

    static Row Measure<TMove>(
        string name, IGame<TMove> start, int blocks, int filters, int games, double seconds, int threads, PolicyHead head = PolicyHead.Dense, int leaves = 1)
        where TMove : unmanaged, IEquatable<TMove>
    {
        var network = new PolicyValueNetwork(NetworkSize.For(start, blocks, filters, policy: head), 1).Freeze();
        var settings = new SearchSettings { Leaves = leaves, Noise = new(0.3) };
        var (simulations, busy, spent) = (new long[threads], new TimeSpan[threads], new TimeSpan[threads]);
        Workers.Apart(threads, part =>
        {
            var evaluator = new NetworkEvaluator<TMove>(network, start, games * leaves);
            List<SearchWorker<TMove>> workers = [.. Enumerable.Range(0, games).Select(i => new SearchWorker<TMove>(new SearchTree<TMove>(start, settings, new RandomStream(i)), alone: true))];
            var (random, target, done) = (new RandomStream(part), 0, 0L);
            for (var warm = Stopwatch.StartNew(); done == 0 || warm.Elapsed.TotalSeconds < WarmSeconds;) Search();
            var (before, evaluated) = (done, evaluator.EvaluationTime);
            var clock = Stopwatch.StartNew();
            while (clock.Elapsed.TotalSeconds < seconds) Search();
            (simulations[part], busy[part], spent[part]) = (done - before, clock.Elapsed, evaluator.EvaluationTime - evaluated);

            void Search()
            {
                if (target >= settings.Simulations) PlayMoves();
                BatchSearch<TMove>.Search(workers, evaluator, target += 4 * leaves);
                done += games * 4 * leaves;
            }

            void PlayMoves() // as games go on: the subtree of the move is kept
            {
                target = 0;
                foreach (var tree in workers.Select(worker => worker.Tree))
                {
                    var move = tree.Choose(1, random);
                    var after = tree.Game.Clone();
                    after.Apply(move);
                    if (after.IsTerminal || after.Ply == MostPlies) tree.Restart(start);
                    else tree.Advance(move);
                }
            }
        });
        var rate = Enumerable.Range(0, threads).Sum(i => simulations[i] / busy[i].TotalSeconds);
        return new Row(name, $"{blocks} blocks × {filters} filters", games * threads, rate, 1 - Enumerable.Range(0, threads).Average(i => spent[i] / busy[i]));
    }
}
