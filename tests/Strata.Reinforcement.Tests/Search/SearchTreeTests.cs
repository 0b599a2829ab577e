using Strata.Games;
using Strata.Games.Chess;
using Strata.Games.Go;
using Strata.Games.InARow;
using Strata.Games.Players;
using Strata.Random;
using Strata.Reinforcement.Search;
using Strata.Threading;

namespace Strata.Reinforcement.Tests.Search;

public sealed class SearchTreeTests
{
    static readonly SearchSettings alone = new() { Simulations = 100, Leaves = 1 };

    static readonly double[] weights = [1, 2, 3, 4, 3, 2, 1];

    static ScriptedEvaluator<byte> Scripted(int capacity = 1) => new(capacity, game => Math.Sin(game.Hash % 1000), move => weights[move]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(500)]
    public void The_first_simulation_expands_the_root_and_each_other_visits_one_move(int n)
    {
        var tree = Searches.Run(new ConnectFourGame(), Scripted(), alone with { Simulations = n });
        Assert.Equal(n - 1, tree.Moves.Sum(move => move.Visits));
        Assert.Equal(n, tree.Simulations);
        Assert.Equal(1, tree.Moves.Sum(move => move.Prior), 1e-6);
    }

    [Fact]
    public void A_kept_root_is_expanded_already_so_each_simulation_visits_a_move()
    {
        var tree = Searches.Run(new ConnectFourGame(), Scripted(), alone);
        tree.Advance(3);
        var before = tree.Moves.Sum(move => move.Visits);
        Assert.True(before > 10);
        Searches.Continue(tree, Scripted(), 40);
        Assert.Equal(before + 40, tree.Moves.Sum(move => move.Visits));
        Assert.Equal(40, tree.Simulations);
    }

    [Fact]
    public void A_kept_subtree_has_the_statistics_that_it_had_before()
    {
        // The subtree as a search from the root sees it: the visits and values below 3, recovered from a clone of the very same search.
        var (tree, evaluator) = (new SearchTree<byte>(new ConnectFourGame(), alone), Scripted());
        Searches.Continue(tree, evaluator, 300);
        var child = tree.Moves[3];
        var line = tree.Line();
        var nodes = Walk(tree, Children(tree, 0).Single(at => tree.Pool[at].Move == 3)).ToArray();
        tree.Advance(3);
        Assert.Equal(nodes, Walk(tree, 0).ToArray());
        Assert.Equal(child.Visits - 1, tree.Moves.Sum(move => move.Visits));
        Assert.Equal(child.Value, -tree.Value, 1e-6);
        if (line[0] == 3) Assert.Equal(line.Skip(1), tree.Line(line.Count - 1));
        Assert.Equal(nodes.Count(node => node.Visits > 0), tree.NodeCount);
    }

    /// <summary>Visits, total, virtual losses, prior and depth of a subtree, depth first.</summary>
    static IEnumerable<(int Visits, float Total, int Virtual, float Prior, int Depth)> Walk(SearchTree<byte> tree, int at, int depth = 0)
    {
        var (node, pool) = (tree.Pool[at], tree.Pool);
        yield return (node.Visits, node.Total, node.Virtual, depth == 0 ? 0 : pool.Priors(pool[node.Parent])[node.Ordinal], depth);
        foreach (var child in Children(tree, at))
            foreach (var inner in Walk(tree, child, depth + 1)) yield return inner;
        for (var i = (int)node.Tried; i < node.MoveCount; i++) yield return (0, 0, 0, pool.Priors(node)[i], depth + 1);
    }

    static int[] Children(SearchTree<byte> tree, int at) => [.. Enumerable.Range(0, tree.Pool[at].Tried).Select(i => tree.Pool.Target(tree.Pool[at], i))];

    static IEnumerable<NodeState> States(SearchTree<byte> tree, int at) => Children(tree, at).SelectMany(child => States(tree, child)).Prepend(tree.Pool[at].State);

    static void AssertNothingUnderWay(SearchTree<byte> tree) => Assert.All(Walk(tree, 0), node => Assert.Equal(0, node.Virtual));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 1)]
    [InlineData(8, 3)]
    [InlineData(64, 3)]
    public void No_virtual_loss_is_left_after_a_search(int leaves, int loss)
    {
        var tree = Searches.Run(new ConnectFourGame(), Scripted(64), alone with { Simulations = 333, Leaves = leaves, VirtualLoss = loss });
        AssertNothingUnderWay(tree);
        Assert.Equal(332, tree.Moves.Sum(move => move.Visits));
        Assert.Equal(333, tree.Simulations);
    }

    [Fact]
    public void Two_searches_alike_give_the_same_visits()
    {
        var settings = alone with { Simulations = 400 };
        Assert.Equal(Searches.Run(new ConnectFourGame(), Scripted(), settings).Visits(), Searches.Run(new ConnectFourGame(), Scripted(), settings).Visits());
        settings = settings with { Leaves = 16, Noise = new(1.0) };
        Assert.Equal(Searches.Run(new ConnectFourGame(), Scripted(16), settings, 5).Visits(), Searches.Run(new ConnectFourGame(), Scripted(16), settings, 5).Visits());
        Assert.NotEqual(Searches.Run(new ConnectFourGame(), Scripted(16), settings, 5).Visits(), Searches.Run(new ConnectFourGame(), Scripted(16), settings, 6).Visits());
    }

    static readonly SelectionRule[] rules = [new SelectionRule.AlphaZero(), new SelectionRule.Puct(1.5), new SelectionRule.Plain()];

    public static TheoryData<SelectionRule> PriorRules => new(rules);

    [Theory]
    [MemberData(nameof(PriorRules))]
    public void With_uniform_priors_and_values_of_0_moves_are_visited_alike(SelectionRule rule)
    {
        for (var n = 1; n < 60; n++)
        {
            var visits = Searches.Run(new GoGame(5), new ScriptedEvaluator<GoMove>(), alone with { Simulations = n, Selection = rule }).Visits().Select(v => v.Visits).ToArray();
            Assert.InRange(visits.Max() - visits.Min(), 0, 1);
        }
    }

    [Fact]
    public void The_move_with_the_largest_prior_goes_first()
    {
        foreach (var rule in rules)
        {
            var tree = Searches.Run(new ConnectFourGame(), Scripted(), alone with { Simulations = 2, Selection = rule });
            Assert.Equal(1, tree.Moves[3].Visits);
        }
    }

    [Fact]
    public void Selection_follows_the_papers_formulas()
    {
        var rule = new SelectionRule.AlphaZero();
        Assert.Equal(1.2501017656, rule.Rate(1), 1e-10);
        Assert.Equal(1.2899504566, rule.Rate(800), 1e-10);
        Assert.Equal(rule.Rate(801) * Math.Sqrt(801), rule.Weight(801), 1e-12);
        Assert.Equal(2 * Math.Sqrt(800), new SelectionRule.Puct(2).Weight(801), 1e-12); // 801 visits, one of which evaluated the position
        Assert.Equal(1, new SelectionRule.Plain().Weight(801));
        Assert.Equal(1.4 * Math.Sqrt(Math.Log(801)), new SelectionRule.Uct().Weight(801), 1e-12);
    }

    [Fact]
    public void Each_visit_goes_to_the_largest_upper_bound()
    {
        // The bandit at the root by hand: a position whose moves are all worth a fixed amount, so that only the rule decides.
        double[] q = [0.01, -0.02, 0.03, 0, 0.025, -0.05, 0.02];
        var evaluator = new ScriptedEvaluator<byte>(1, game => game.Ply == 1 ? -q[System.Numerics.BitOperations.TrailingZeroCount(((ConnectFourGame)game).Stones(0)) / 7] : 0, move => weights[move]);
        var (visits, totals, sum) = (new int[7], new double[7], weights.Sum());
        const double c = 1.5;
        for (var n = 0; n < 7; n++) // first visits only: afterwards the values of deeper positions come in
        {
            var best = Enumerable.Range(0, 7).MaxBy(a => (visits[a] == 0 ? 0 : totals[a] / visits[a]) + c * weights[a] / sum * Math.Sqrt(visits.Sum()) / (1 + visits[a]) + 1e-9 * weights[a] - 1e-12 * a);
            if (visits[best] == 1) break;
            visits[best]++;
            totals[best] += q[best];
            var tree = Searches.Run(new ConnectFourGame(), evaluator, alone with { Simulations = n + 2, Selection = new SelectionRule.Puct(c) });
            Assert.Equal(visits, tree.Moves.Select(move => move.Visits));
            Assert.All(tree.Moves.Where(move => move.Visits > 0), move => Assert.Equal(q[move.Move], move.Value, 1e-6));
        }

        Assert.True(visits.Sum() >= 3);
    }

    [Fact]
    public void Signs_change_with_the_player()
    {
        // Black wins every leaf it is asked about, whoever is to move.
        var tree = Searches.Run(new ConnectFourGame(), new ScriptedEvaluator<byte>(1, game => game.Player == 0 ? 0.5 : -0.5), alone with { Simulations = 50 });
        Assert.Equal(0.5, tree.Value, 1e-6);
        Assert.All(tree.Moves, move => Assert.Equal(0.5, move.Value, 1e-6));
        tree.Advance(0);
        Assert.Equal(-0.5, tree.Value, 1e-6);
    }

    [Theory]
    [InlineData("6k1/5ppp/8/8/8/8/8/R6K w - - 0 1", "a1a8")]
    [InlineData("r6k/8/8/8/8/8/5PPP/6K1 b - - 0 1", "a8a1")]
    public void Mate_in_one_is_found_without_knowledge(string fen, string mate)
    {
        var game = ChessGame.FromFen(fen);
        foreach (var leaves in new[] { 1, 8 })
        {
            var tree = Searches.Run(game, new ScriptedEvaluator<ChessMove>(8), new SearchSettings { Simulations = 64, Leaves = leaves });
            Assert.Equal(mate, game.Format(tree.Choose(0, new RandomStream(1))));
            Assert.Equal(1, tree.Moves.Single(move => game.Format(move.Move) == mate).Value);
        }
    }

    [Fact]
    public void Plain_UCT_finds_the_threat_that_must_be_met()
    {
        var game = ConnectFourGame.FromText("12131"); // X has three on top of each other in column 1
        var tree = Searches.Run(game, new PlayoutEvaluator<byte>(seed: 3), SearchSettings.Uct with { Simulations = 400 });
        Assert.Equal(0, tree.Choose(0, new RandomStream(1)));
    }

    static readonly SearchSettings solving = alone with { Solver = true, Simulations = 400 };

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void A_solver_proves_wins_and_losses_and_then_stops(int leaves)
    {
        var settings = solving with { Leaves = leaves };
        var won = Searches.Run(ConnectFourGame.FromText("3344"), new ScriptedEvaluator<byte>(leaves), settings); // three in the bottom row, open at both ends, come next
        Assert.True(won.IsSolved);
        Assert.Equal(1, won.Value);
        Assert.True(won.Simulations < 400);
        AssertNothingUnderWay(won);
        Assert.All(won.Moves.Zip(won.Policy()).Where(m => m.Second > 0), m => Assert.Contains(m.First.Move, (byte[])[1, 4]));
        Assert.Equal(1, won.Policy().Sum(), 1e-9);

        var lost = Searches.Run(ConnectFourGame.FromText("33445"), new ScriptedEvaluator<byte>(leaves), settings);
        Assert.True(lost.IsSolved);
        Assert.Equal(-1, lost.Value);
        Assert.All(lost.Moves, move => Assert.Equal((-1.0, true), (move.Value, move.Proven)));
        Assert.Equal(1, lost.Policy().Sum(), 1e-9);

        won.Advance(won.Choose(0, new RandomStream(1))); // the position that is kept is solved, too
        Assert.Equal((true, -1.0), (won.IsSolved, won.Value));
        Assert.Equal(1, won.Policy().Sum(), 1e-9);
    }

    [Fact]
    public void Moves_that_are_proven_to_lose_have_no_share()
    {
        var tree = Searches.Run(ConnectFourGame.FromText("12131"), new ScriptedEvaluator<byte>(), solving);
        Assert.Equal([1.0, 0, 0, 0, 0, 0, 0], tree.Policy(1));
        Assert.Equal(0, tree.Choose(0, new RandomStream(1)));
        Assert.NotEqual(1, Searches.Run(ConnectFourGame.FromText("12131"), new ScriptedEvaluator<byte>(), alone).Policy(1)[0]);
    }

    [Fact]
    public void What_a_solver_proves_is_what_minimax_finds()
    {
        var (solved, positions, random) = (0, 0, new System.Random(5));
        for (var i = 0; i < 60; i++)
        {
            var game = new TicTacToeGame();
            for (var ply = 0; ply < 4; ply++) game.Apply(game.LegalMoves()[random.Next(9 - ply)]);
            var tree = Searches.Run(game, new ScriptedEvaluator<byte>(1, g => Math.Sin(g.Hash % 1000)), solving with { Simulations = 4000 });
            positions++;
            if (!tree.IsSolved) continue;
            solved++;
            Assert.Equal(Minimax(game), tree.Value);
            Assert.Equal(tree.Value, tree.Moves[Array.IndexOf(tree.Policy(0), 1)] is { Proven: true } best ? best.Value : tree.Value);
        }

        Assert.True(solved > positions / 2, $"{solved} of {positions}");

        static double Minimax(TicTacToeGame game)
        {
            if (game.IsTerminal) return game.Return(game.Player);
            var best = -1.0;
            foreach (var move in game.LegalMoves())
            {
                game.Apply(move);
                best = Math.Max(best, -Minimax(game));
                game.Undo();
            }

            return best;
        }
    }

    [Fact]
    public void No_leaf_is_evaluated_twice()
    {
        var evaluator = Scripted(32);
        Searches.Run(new GoGame(3), new ScriptedEvaluator<GoMove>(32), alone with { Simulations = 200, Leaves = 32 });
        var tree = Searches.Run(new ConnectFourGame(), evaluator, alone with { Simulations = 300, Leaves = 32 });
        var states = States(tree, 0).ToArray();
        Assert.Equal(tree.NodeCount, states.Length);
        Assert.Equal(states.Count(state => state == NodeState.Expanded), evaluator.Seen.Count);
        Assert.DoesNotContain(NodeState.Pending, states);
    }

    [Fact]
    public void Noise_keeps_the_priors_a_distribution_and_moves_them_by_its_share()
    {
        foreach (var alpha in new[] { 0.03, 0.3, 10.0 })
        {
            var plain = Searches.Run(new GoGame(9), new ScriptedEvaluator<GoMove>(), alone with { Simulations = 1 });
            var noisy = Searches.Run(new GoGame(9), new ScriptedEvaluator<GoMove>(), alone with { Simulations = 1, Noise = new(alpha) });
            Assert.Equal(1, noisy.Moves.Sum(move => move.Prior), 1e-5);
            foreach (var (p, q) in plain.Moves.Zip(noisy.Moves)) Assert.InRange(q.Prior, 0.75 * p.Prior - 1e-6, 0.75 * p.Prior + 0.25 + 1e-6);
            Assert.NotEqual(plain.Moves.Select(move => move.Prior), noisy.Moves.Select(move => move.Prior));
        }
    }

    [Fact]
    public void A_kept_root_gets_its_noise_once()
    {
        var tree = Searches.Run(new ConnectFourGame(), Scripted(), alone with { Noise = new(0.5) });
        tree.Advance(3);
        var priors = tree.Moves.Select(move => move.Prior).ToArray();
        Assert.Equal(1, priors.Sum(), 1e-5);
        Searches.Continue(tree, Scripted(), 20);
        Assert.Equal(priors, tree.Moves.Select(move => move.Prior));
        Assert.NotEqual(weights.Select(w => w / weights.Sum()), priors);
    }

    [Theory]
    [InlineData(0.03)]
    [InlineData(0.5)]
    [InlineData(3)]
    public void Dirichlet_numbers_have_their_mean_and_variance(double alpha)
    {
        // E η = 1/k, Var η = (k − 1) / (k² (kα + 1))
        const int k = 5, n = 4000;
        var random = new RandomStream(7);
        var (sum, square, eta) = (0.0, 0.0, new double[k]);
        for (var i = 0; i < n; i++)
        {
            DirichletNoise.Draw(eta, alpha, random);
            Assert.Equal(1, eta.Sum(), 1e-9);
            sum += eta[0];
            square += eta[0] * eta[0];
        }

        var variance = (k - 1) / (k * k * (k * alpha + 1));
        Assert.Equal(1.0 / k, sum / n, 4 * Math.Sqrt(variance / n));
        Assert.Equal(variance, square / n - Math.Pow(sum / n, 2), 0.12 * variance);
    }

    [Fact]
    public void Temperature_sharpens_to_the_most_visited_move()
    {
        var tree = Searches.Run(new ConnectFourGame(), Scripted(), alone);
        var visits = tree.Moves.Select(move => (double)move.Visits).ToArray();
        Assert.Equal(visits.Select(v => v / visits.Sum()), tree.Policy(1), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(visits.Select(v => v * v / visits.Sum(w => w * w)), tree.Policy(0.5), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(Array.IndexOf(visits, visits.Max()), Array.IndexOf(tree.Policy(0), 1));
        Assert.Equal(1, tree.Policy(0.01).Max(), 1e-3);
        Assert.Equal(tree.Moves[Array.IndexOf(visits, visits.Max())].Move, tree.Choose(0, new RandomStream(1)));
        var random = new RandomStream(2);
        var drawn = Enumerable.Range(0, 4000).GroupBy(_ => tree.Choose(1, random)).ToDictionary(g => g.Key, g => g.Count() / 4000.0);
        foreach (var (move, share) in tree.Moves.Zip(tree.Policy(1))) Assert.Equal(share, drawn.GetValueOrDefault(move.Move), 0.03);
    }

    [Fact]
    public void A_simulation_allocates_nothing_once_the_pool_has_grown()
    {
        var evaluator = new QuietEvaluator();
        var tree = new SearchTree<byte>(new ConnectFourGame(), alone with { Leaves = 8 });
        var worker = new SearchWorker<byte>(tree);
        for (var round = 0; round < 2; round++)
        {
            tree.Restart(new ConnectFourGame());
            worker.Collect(evaluator, 8); // takes the new position: a clone a move
            worker.Absorb(evaluator);
            var before = GC.GetAllocatedBytesForCurrentThread();
            while (tree.Simulations < 3000)
            {
                evaluator.Clear();
                worker.Collect(evaluator, 8);
                evaluator.Evaluate();
                worker.Absorb(evaluator);
            }

            if (round == 1) Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    sealed class QuietEvaluator() : Evaluator<byte>(8)
    {
        readonly double[] values = new double[8];

        protected override void Write(int place, IGame<byte> game, ReadOnlySpan<byte> moves) => values[place] = (int)(game.Hash % 100) / 100.0;

        protected override void Evaluate(int count)
        {
        }

        public override double Value(int place) => values[place];

        public override void Priors(int place, Span<float> priors) => priors.Fill(1f / priors.Length);
    }

    [Fact]
    public void Threads_share_a_tree()
    {
        var tree = new SearchTree<byte>(new ConnectFourGame(), alone with { Leaves = 4 });
        Workers.Apart(4, _ => BatchSearch<byte>.Search([new SearchWorker<byte>(tree)], Scripted(4), 2000));
        Assert.InRange(tree.Simulations, 2000, 2000 + 16); // each thread may have a batch under way when the number is reached
        Assert.Equal(tree.Simulations - 1, tree.Moves.Sum(move => move.Visits));
        AssertNothingUnderWay(tree);
        Assert.Equal(new ConnectFourGame().Hash, tree.Game.Hash);
    }

    [Fact]
    public void Many_trees_are_searched_with_one_evaluator_as_each_alone()
    {
        IGame<byte>[] games = [.. new[] { "", "4", "43", "1234567", "444" }.Select(ConnectFourGame.FromText)];
        var settings = alone with { Simulations = 120 };
        var together = new BatchSearch<byte>(() => Scripted(3), settings, threads: 2).Run(games, new RandomStream(1)); // fewer places than trees
        foreach (var (game, tree) in games.Zip(together)) Assert.Equal(Searches.Run(game, Scripted(), settings).Visits(), tree.Visits());
    }

    [Fact]
    public void A_finished_game_and_a_move_that_is_not_legal_are_refused()
    {
        var over = ConnectFourGame.FromText("1212121");
        Assert.Equal("SearchTree: the game is over; there is nothing to search. (Parameter 'game')", Assert.Throws<ArgumentException>(() => new SearchTree<byte>(over, alone)).Message);
        var tree = Searches.Run(ConnectFourGame.FromText("121212"), Scripted(), alone);
        Assert.Contains("ends the game", Assert.Throws<ArgumentException>(() => tree.Advance(0)).Message);
        Assert.Contains("not legal", Assert.Throws<ArgumentException>(() => tree.Advance(9)).Message);
        Assert.Equal(6, tree.Game.Ply);
        Assert.Throws<InvalidOperationException>(() => new SearchTree<byte>(new ConnectFourGame(), alone).Choose(1, new RandomStream(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SearchTree<byte>(new ConnectFourGame(), alone with { Simulations = 0 }));
    }

    [Fact]
    public void A_player_keeps_its_tree_where_the_game_goes_on()
    {
        var evaluator = Scripted(8);
        var player = new TreeSearchPlayer<byte>("test", () => evaluator, new SearchSettings { Simulations = 200 });
        var game = new ConnectFourGame();
        var reports = new List<SearchReport<byte>>();
        for (var i = 0; i < 6; i++) game.Apply(player.Choose(game, new SearchLimits(Nodes: 200), reports.Add, default));
        Assert.Equal(6, reports.Count);
        Assert.All(reports, report => Assert.InRange(report.Nodes, 200, 208));
        Assert.True(evaluator.Seen.Count < 6 * 200, "each search began anew");
        Assert.Equal(6, game.Ply);
        Assert.InRange(player.Choose(new ConnectFourGame(), new SearchLimits(Nodes: 10), null, default), 0, 6); // another game
        Assert.InRange(player.Choose(new ConnectFourGame(), new SearchLimits(Time: TimeSpan.FromMilliseconds(5)), null, default), 0, 6);
        Assert.InRange(player.Choose(new ConnectFourGame(), default, null, new CancellationToken(true)), 0, 6);
    }

    [Fact]
    public void A_player_on_two_threads_finds_the_win()
    {
        var player = new TreeSearchPlayer<byte>("test", () => new PlayoutEvaluator<byte>(seed: 1, capacity: 4), SearchSettings.Uct with { Simulations = 300, Leaves = 4 }, threads: 2);
        Assert.Equal(0, player.Choose(ConnectFourGame.FromText("121212"), default, null, default));
        Assert.Equal(0, player.Choose(ConnectFourGame.FromText("121213"), new SearchLimits(Nodes: 300), null, default));
    }
}
