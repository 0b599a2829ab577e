using Strata.Games;
using Strata.Games.Chess;
using Strata.Games.Go;
using Strata.Games.InARow;
using Strata.Games.Players;
using Strata.Games.Shogi;
using Strata.Random;
using Strata.Reinforcement.Search;

namespace Strata.Reinforcement.Tests.Search;

public sealed class SelfPlayTests
{
    static readonly SearchSettings few = new() { Simulations = 12, Leaves = 2, Noise = new(1.0) };

    static IReadOnlyList<SelfPlayGame<TMove>> Play<TMove>(IGame<TMove> start, int games, int maxPlies = 200, bool reuse = true, Resignation? resignation = null, int threads = 2)
        where TMove : unmanaged, IEquatable<TMove> => new SelfPlay<TMove>(
            start,
            new() { Search = few, TemperaturePlies = 4, MaxPlies = maxPlies, ParallelGames = 3, ReuseTree = reuse, Resignation = resignation },
            leaves => new ScriptedEvaluator<TMove>(leaves, game => Math.Sin(game.Hash % 1000)),
            new RandomStream(3),
            threads).Play(games);

    public static TheoryData<string> Games => ["tic-tac-toe", "connect four", "go", "gardner", "minishogi"];

    [Theory]
    [MemberData(nameof(Games))]
    public void Games_are_legal_end_by_their_rules_and_have_a_policy_for_each_position(string name)
    {
        switch (name)
        {
            case "tic-tac-toe": Check(new TicTacToeGame()); break;
            case "connect four": Check(new ConnectFourGame()); break;
            case "go": Check(new GoGame(3)); break;
            case "gardner": Check(ChessGame.Start(ChessVariant.Gardner)); break;
            default: Check(ShogiGame.FromSfen(ShogiVariant.Mini.Start, ShogiVariant.Mini)); break;
        }

        static void Check<TMove>(IGame<TMove> start)
            where TMove : unmanaged, IEquatable<TMove>
        {
            foreach (var played in Play(start, 5, maxPlies: 40))
            {
                var game = start.Clone();
                for (var ply = 0; ply < played.Moves.Count; ply++)
                {
                    Assert.False(game.IsTerminal);
                    var legal = game.LegalMoves();
                    var policy = played.Policies[ply];
                    Assert.Contains(played.Moves[ply], legal);
                    Assert.Equal(1, policy.Shares.Sum(), 1e-5);
                    Assert.Subset(legal.Select(game.ActionOf).ToHashSet(), policy.Actions.ToHashSet());
                    Assert.Equal(game.Hash, played.PositionAt(start, ply).Hash);
                    game.Apply(played.Moves[ply]);
                }

                if (game.IsTerminal) Assert.Equal(game.Return(0), played.Result);
                else Assert.Equal((40, 0.0), (played.Moves.Count, played.Result));
            }
        }
    }

    [Fact]
    public void The_same_seed_plays_the_same_games()
    {
        string[] Text(bool reuse) => [.. Play(new ConnectFourGame(), 10, reuse: reuse).Select(game => string.Concat(game.Moves))];
        Assert.Equal(Text(true), Text(true));
        Assert.NotEqual(Text(true), Text(false));
        Assert.True(Text(true).Distinct().Count() > 5, "noise and temperature should make games differ");
    }

    [Fact]
    public void Games_under_way_go_on_in_the_next_call()
    {
        var selfPlay = new SelfPlay<byte>(
            new TicTacToeGame(), new() { Search = few, ParallelGames = 4 }, leaves => new ScriptedEvaluator<byte>(leaves), new RandomStream(3), threads: 1);
        var first = selfPlay.Play(1);
        Assert.InRange(first.Count, 1, 4);
        Assert.True(selfPlay.Play(20).Count >= 20);
    }

    [Fact]
    public void A_game_that_is_cut_off_is_judged()
    {
        var settings = new SelfPlaySettings<GoMove> { Search = few, MaxPlies = 5, ParallelGames = 2, Adjudicate = game => Math.Sign(((GoGame)game).Score) };
        var games = new SelfPlay<GoMove>(new GoGame(5), settings, leaves => new ScriptedEvaluator<GoMove>(leaves), new RandomStream(3), 1).Play(4);
        Assert.All(games, game => Assert.True(game.Moves.Count <= 5 && game.Result is 1 or -1));
    }

    [Fact]
    public void The_outcome_is_seen_from_the_side_of_the_player_to_move()
    {
        var start = new TicTacToeGame();
        var window = new SelfPlayWindow<byte>(start, 10);
        byte[] moves = [0, 3, 1, 4, 2]; // X wins
        window.Add([new SelfPlayGame<byte>(moves, [.. moves.Select(m => new SparsePolicy([m], [1]))], 1)]);
        Assert.Equal(5, window.Positions);
        var batch = window.Sample(200, new RandomStream(1), turn: false);
        var (planes, π, z) = (batch[0].ToArray<float>(), batch[1].ToArray<float>(), batch[2].ToArray<float>());
        var plies = new HashSet<int>();
        for (var i = 0; i < 200; i++)
        {
            var ply = planes.Skip(i * 27).Take(27).Where((v, k) => k % 3 < 2 && v == 1).Count(); // stones of both
            plies.Add(ply);
            Assert.Equal(ply % 2 == 0 ? 1 : -1, z[i]);
            Assert.Equal(1, π[i * 9 + moves[ply]]);
            Assert.Equal(1, π.Skip(i * 9).Take(9).Sum());
        }

        Assert.Equal(5, plies.Count);
    }

    [Fact]
    public void The_outcome_may_be_mixed_with_what_the_search_made_of_a_position()
    {
        var window = new SelfPlayWindow<byte>(new TicTacToeGame(), 10, searchShare: 0.25);
        window.Add([new SelfPlayGame<byte>([0, 3], [new SparsePolicy([0], [1]), new SparsePolicy([3], [1])], 1) { Values = [0.5f, -0.5f] }]);
        Assert.Equal([-0.875f, 0.875f], window.Sample(100, new RandomStream(1), turn: false)[2].ToArray<float>().Distinct().Order()); // ¾·1 + ¼·½; −¾ − ¼·½
    }

    [Fact]
    public void Some_games_begin_with_random_moves_that_teach_nothing()
    {
        var start = new TicTacToeGame();
        var settings = new SelfPlaySettings<byte> { Search = few with { Noise = null }, TemperaturePlies = 0, ParallelGames = 4, Opening = new(0.5, 3) };
        IReadOnlyList<SelfPlayGame<byte>> games = new SelfPlay<byte>(start, settings, leaves => new ScriptedEvaluator<byte>(leaves), new RandomStream(3), 1).Play(200);
        Assert.InRange(games.Count(game => game.Opening > 0), 70, 130);
        Assert.Equal([0, 1, 2, 3], games.Select(game => game.Opening).Distinct().Order());
        Assert.Equal(9, games.Where(game => game.Opening > 0).Select(game => game.Moves[0]).Distinct().Count());
        Assert.Single(games.Where(game => game.Opening == 0).Select(game => string.Concat(game.Moves)).Distinct()); // without noise or drawn moves
        Assert.All(games, game => Assert.Equal((game.Moves.Count, game.Policies.Count), (game.Opening + game.Policies.Count, game.Values.Count)));
        Assert.All(games, game => Assert.True(game.PositionAt(start, game.Moves.Count).IsTerminal));

        var window = new SelfPlayWindow<byte>(start, 10);
        window.Add([new SelfPlayGame<byte>([0, 3, 1, 4, 2], [new SparsePolicy([4], [1]), new SparsePolicy([2], [1])], 1) { Opening = 3 }]);
        Assert.Equal(2, window.Positions);
        var batch = window.Sample(50, new RandomStream(1), turn: false);
        var (π, z) = (batch[1].ToArray<float>(), batch[2].ToArray<float>());
        for (var i = 0; i < 50; i++)
            Assert.Equal(1, z[i] == 1 ? π[i * 9 + 2] : π[i * 9 + 4]); // X is to move before the last of five
    }

    [Theory]
    [InlineData(-0.1, 3)]
    [InlineData(double.NaN, 3)]
    [InlineData(0.5, 0)]
    public void An_opening_that_cannot_be_is_refused(double share, int plies) => Assert.Throws<ArgumentOutOfRangeException>(
        () => new SelfPlay<byte>(new TicTacToeGame(), new() { Opening = new(share, plies) }, leaves => new ScriptedEvaluator<byte>(leaves), new RandomStream(1), 1));

    [Fact]
    public void Games_of_a_solver_end_as_they_were_proven_to()
    {
        var settings = new SelfPlaySettings<byte> { Search = few with { Solver = true }, ParallelGames = 3, TemperaturePlies = 0 };
        foreach (var game in new SelfPlay<byte>(new ConnectFourGame(), settings, leaves => new ScriptedEvaluator<byte>(leaves, g => Math.Sin(g.Hash % 1000)), new RandomStream(3), 2).Play(10))
        {
            Assert.Equal(game.Moves.Count, game.Values.Count);
            for (var ply = 0; ply < game.Moves.Count; ply++)
                if (game.Values[ply] == 1) Assert.Equal(ply % 2 == 0 ? 1 : -1, game.Result);
            Assert.Contains(1f, game.Values);
        }
    }

    [Fact]
    public void The_window_forgets_the_oldest_games()
    {
        var window = new SelfPlayWindow<byte>(new TicTacToeGame(), 3);
        Assert.Throws<InvalidOperationException>(() => window.Sample(1, new RandomStream(1), false));
        for (byte i = 0; i < 5; i++) window.Add([new SelfPlayGame<byte>([i], [new SparsePolicy([i], [1])], 0)]);
        Assert.Equal((3, 3), (window.Games, window.Positions));
        Assert.Equal([2, 3, 4], window.Sample(100, new RandomStream(1), false)[1].ArgMax(1).ToArray<long>().Distinct().Order());
        window.Capacity = 4;
        for (byte i = 5; i < 8; i++) window.Add([new SelfPlayGame<byte>([i], [new SparsePolicy([i], [1])], 0)]);
        Assert.Equal([4, 5, 6, 7], window.Sample(100, new RandomStream(1), false)[1].ArgMax(1).ToArray<long>().Distinct().Order());
    }

    [Fact]
    public void Turned_examples_are_examples_of_turned_positions()
    {
        var start = new GoGame(5);
        var window = new SelfPlayWindow<GoMove>(start, 1);
        window.Add([new SelfPlayGame<GoMove>([new(1), new(7)], [new SparsePolicy([1, 25], [0.75f, 0.25f]), new SparsePolicy([7], [1])], 1)]);
        var batch = window.Sample(300, new RandomStream(1), turn: true);
        var (planes, π) = (batch[0].ToArray<float>(), batch[1].ToArray<float>());
        var first = new HashSet<int>();
        for (var i = 0; i < 300; i++)
        {
            var own = π.AsSpan(i * 26, 26);
            if (own[25] > 0)
            {
                Assert.Equal(0.25f, own[25]); // the pass stays
                first.Add(own[..25].IndexOf(0.75f));
            }
            else
            {
                // The stone of the first move stands where the same symmetry took it: a knight's move's worth from the second.
                var stone = Enumerable.Range(0, 25).Single(square => planes[i * 425 + square * 17 + 8] == 1);
                var next = own.IndexOf(1);
                Assert.Equal(2, Math.Pow(stone / 5 - next / 5, 2) + Math.Pow(stone % 5 - next % 5, 2));
            }
        }

        Assert.Equal([1, 3, 5, 9, 15, 19, 21, 23], first.Order());
    }

    [Theory]
    [InlineData("go")]
    [InlineData("tic-tac-toe")]
    [InlineData("connect four")]
    public void A_symmetry_and_its_inverse_restore_a_position(string name)
    {
        IPlanes board = name switch { "go" => new GoGame(5), "tic-tac-toe" => new TicTacToeGame(), _ => new ConnectFourGame() };
        var actions = name switch { "go" => 26, "tic-tac-toe" => 9, _ => 7 };
        var symmetries = new Symmetries(board, actions);
        var planes = Enumerable.Range(0, board.Height * board.Width * board.PlaneCount).Select(i => (float)i).ToArray();
        var (turned, back) = (new float[planes.Length], new float[planes.Length]);
        for (var s = 0; s < symmetries.Count; s++)
        {
            symmetries.Turn(s, planes, turned);
            var inverse = Enumerable.Range(0, symmetries.Count).Single(t =>
            {
                symmetries.Turn(t, turned, back);
                return planes.AsSpan().SequenceEqual(back);
            });
            Assert.All(Enumerable.Range(0, actions), a => Assert.Equal(a, symmetries.ActionUnder(inverse, symmetries.ActionUnder(s, a))));
            if (name == "go") Assert.Equal(25, symmetries.ActionUnder(s, 25));
        }
    }

    [Fact]
    public void Resignation_learns_a_threshold_that_few_winners_fell_below()
    {
        var resignation = new Resignation(playedOut: 0.5, falsePositives: 0.05);
        var random = new RandomStream(1);
        Assert.Equal(-1, resignation.Threshold);
        Assert.InRange(Enumerable.Range(0, 1000).Count(_ => resignation.PlaysOut(random)), 400, 600);
        double[] lows = [.. Enumerable.Range(0, 400).Select(_ => random.NextDouble() * 2 - 1)];
        foreach (var low in lows) resignation.Report(low);
        Assert.InRange(lows.Count(low => low < resignation.Threshold) / 400.0, 0.03, 0.05);
    }

    [Fact]
    public void Hopeless_games_are_given_up()
    {
        var resignation = new Resignation(playedOut: 0);
        for (var i = 0; i < 40; i++) resignation.Report(0.5); // now less than a half is hopeless
        var games = Play(new ConnectFourGame(), 6, resignation: resignation);
        Assert.All(games, game => Assert.True(game.Result is 1 or -1));
        Assert.Contains(games, game => !game.PositionAt(new ConnectFourGame(), game.Moves.Count).IsTerminal);
    }

    [Fact]
    public void A_match_counts_both_sides()
    {
        var start = new TicTacToeGame();
        var random = new SearchBatchPlayer<byte>("searches", () => new PlayoutEvaluator<byte>(seed: 1), SearchSettings.Uct with { Simulations = 100 }, new RandomStream(1));
        var weak = new PolicyBatchPlayer<byte>("takes any", new PlayoutEvaluator<byte>(seed: 1, capacity: 8), new RandomStream(2), drawnPlies: 9);
        var result = Match.Play(start, random, weak, 30);
        Assert.Equal(30, result.Games);
        Assert.True(result.Score > 0.8, result.ToString());
        var back = Match.Play(start, weak, random, 30);
        Assert.True(back.Score < 0.2, back.ToString());
        var capped = Match.Play(start, random, weak, 4, maxPlies: 2, adjudicate: _ => 1); // player 0 is said to have won: each was it twice
        Assert.Equal(new MatchResult(2, 0, 2), capped);
        var single = new SingleBatchPlayer<byte>(new MonteCarloPlayer<byte>(seed: 1), new SearchLimits(Nodes: 50));
        Assert.Equal(4, Match.Play(start, single, weak, 4).Games);
    }

    [Fact]
    public void Every_reply_to_a_perfect_player_leaves_it_without_a_loss()
    {
        var perfect = Match.PlayEveryReply(new TicTacToeGame(), new Minimax());
        Assert.Equal(0, perfect.Losses);
        Assert.True(perfect.Draws > 0 && perfect.Wins > 0);

        // The player of the first free square, counted by going through the lines one by one.
        Assert.Equal(Count(new TicTacToeGame(), 0) + Count(new TicTacToeGame(), 1), Tuple(Match.PlayEveryReply(new TicTacToeGame(), new FirstFree())));
        Assert.True(Match.PlayEveryReply(new TicTacToeGame(), new FirstFree()).Losses > 0);

        static Lines Tuple(MatchResult r) => new(r.Wins, r.Draws, r.Losses);
    }

    readonly record struct Lines(int Wins, int Draws, int Losses)
    {
        public static Lines operator +(Lines a, Lines b) => new(a.Wins + b.Wins, a.Draws + b.Draws, a.Losses + b.Losses);
    }

    static Lines Count(IGame<byte> game, int side)
    {
        if (game.IsTerminal) return game.Return(side) switch { > 0 => new(1, 0, 0), < 0 => new(0, 0, 1), _ => new(0, 1, 0) };
        var sum = default(Lines);
        foreach (var move in game.Player == side ? game.LegalMoves()[..1] : game.LegalMoves())
        {
            game.Apply(move);
            sum += Count(game, side);
            game.Undo();
        }

        return sum;
    }

    sealed class FirstFree : IBatchPlayer<byte>
    {
        public string Name => "first free";

        public byte[] Choose(IReadOnlyList<IGame<byte>> games) => [.. games.Select(game => game.LegalMoves()[0])];
    }

    sealed class Minimax : IBatchPlayer<byte>
    {
        public string Name => "minimax";

        public byte[] Choose(IReadOnlyList<IGame<byte>> games) => [.. games.Select(game => game.LegalMoves().MaxBy(move => Value(game, move)))];

        static double Value(IGame<byte> game, byte move)
        {
            var player = game.Player;
            game.Apply(move);
            var value = game.IsTerminal ? game.Return(player) : -game.LegalMoves().Max(reply => Value(game, reply));
            game.Undo();
            return value;
        }
    }

    [Fact]
    public void The_gate_opens_above_its_share_of_decided_games()
    {
        var gate = new Gatekeeper();
        Assert.False(gate.Accepts(new(220, 0, 180)));
        Assert.True(gate.Accepts(new(221, 0, 179)));
        Assert.True(gate.Accepts(new(3, 95, 2)));
        Assert.False(gate.Accepts(new(0, 100, 0)));
        Assert.Equal((4, 2), (gate.Matches, gate.Accepted));
    }
}
