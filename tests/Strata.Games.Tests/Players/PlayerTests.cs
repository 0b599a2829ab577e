using Strata.Games.Chess;
using Strata.Games.Go;
using Strata.Games.InARow;
using Strata.Games.Players;
using Strata.Games.Shogi;

namespace Strata.Games.Tests.Players;

public sealed class PlayerTests
{
    static AlphaBetaPlayer<ChessGame, ChessMove> Chess() => new(new ChessHeuristic(), "chess", 14);

    [Theory]
    [InlineData("r1bqkb1r/pppp1ppp/2n2n2/4p2Q/2B1P3/8/PPPP1PPP/RNB1K1NR w KQkq - 4 4", 3, "h5f7")] // mate in one
    [InlineData("kbK5/pp6/1P6/8/8/8/8/R7 w - - 0 1", 4, "a1a6")] // mate in two (Morphy)
    [InlineData("4k3/8/8/8/8/2n5/8/R3K2q w - - 0 1", 2, "e1f2|e1d2")] // the only ways out of check
    public void Alpha_beta_finds_what_is_forced(string fen, int depth, string moves)
    {
        var game = ChessGame.FromFen(fen);
        Assert.Matches($"^({moves})$", Chess().Choose(game, new SearchLimits(Depth: depth), null, CancellationToken.None).ToString());
        Assert.Equal(fen, game.ToFen());
    }

    [Fact]
    public void Alpha_beta_values_a_position_as_plain_minimax_does()
    {
        // Tic-tac-toe to the end: the forced result from every position after two moves.
        var heuristic = new Zero();
        foreach (var first in Enumerable.Range(0, 9))
        {
            foreach (var second in Enumerable.Range(0, 9).Where(s => s != first))
            {
                var game = new TicTacToeGame();
                game.Apply((byte)first);
                game.Apply((byte)second);
                var score = 0;
                new AlphaBetaPlayer<TicTacToeGame, byte>(heuristic, "t", 14).Choose(game, new SearchLimits(Depth: 9), r => score = r.Score, CancellationToken.None);
                Assert.Equal(Minimax(game), Math.Abs(score) >= SearchReport<byte>.ForcedWin ? Math.Sign(score) : 0);
            }
        }

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

    sealed class Zero : IHeuristic<TicTacToeGame, byte>
    {
        public int Evaluate(TicTacToeGame game) => 0;

        public int Priority(TicTacToeGame game, byte move) => 0;

        public bool IsThreatened(TicTacToeGame game) => false;
    }

    [Fact]
    public void Alpha_beta_obeys_the_number_of_nodes_and_the_signal()
    {
        var nodes = 0L;
        Chess().Choose(new ChessGame(), new SearchLimits(Nodes: 5000), r => nodes = r.Nodes, CancellationToken.None);
        Assert.InRange(nodes, 1, 5000);
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        var move = Chess().Choose(new ChessGame(), default, null, stopped.Token);
        Assert.Contains(move, new ChessGame().LegalMoves());
    }

    [Fact]
    public void Shogi_alpha_beta_mates_with_a_dropped_gold()
    {
        var player = new AlphaBetaPlayer<ShogiGame, ShogiMove>(new ShogiHeuristic(), "shogi", 14);
        var game = ShogiGame.FromSfen("8k/9/8P/9/9/9/9/9/K8 b G 1");
        Assert.Equal("G*1b", game.Format(player.Choose(game, new SearchLimits(Depth: 2), null, CancellationToken.None)));
    }

    [Theory]
    [InlineData("121212", 0)] // wins at once
    [InlineData("312121", 0)] // must block: the first column holds three
    public void Monte_Carlo_takes_a_win_and_stops_one(string columns, int move) => Assert.Equal(
        move, new MonteCarloPlayer<byte>(seed: 1).Choose(ConnectFourGame.FromText(columns), new SearchLimits(Nodes: 2000), null, CancellationToken.None));

    [Fact]
    public void Monte_Carlo_repeats_itself_from_one_seed()
    {
        byte Choose() => new MonteCarloPlayer<byte>(seed: 5).Choose(new ConnectFourGame(), new SearchLimits(Nodes: 300), null, CancellationToken.None);
        Assert.Equal(Choose(), Choose());
    }

    [Fact]
    public void Monte_Carlo_Go_takes_stones_in_atari_and_passes_when_nothing_is_left()
    {
        var player = new MonteCarloPlayer<GoMove>(new GoPlayout(), seed: 1);
        var capture = GoGame.FromText("""
            . . . . .
            . x x x .
            x o o o .
            . x x x .
            . . . . .
            """);
        Assert.Equal("E3", capture.Format(player.Choose(capture, new SearchLimits(Nodes: 3000), null, CancellationToken.None)));
        var done = GoGame.FromText("""
            . x o .
            x x o o
            x x o o
            . x o .
            """);
        Assert.True(player.Choose(done, new SearchLimits(Nodes: 100), null, CancellationToken.None).IsPass);
    }

    [Theory]
    [InlineData(40, 0, null, 1.2, 1.4)]
    [InlineData(40, 1, null, 2.0, 2.3)]
    [InlineData(10, 0, 1, 9.9, 10)]
    [InlineData(0, 0, null, 0.0005, 0.01)]
    public void A_share_of_the_clock_leaves_enough(double left, double increment, int? moves, double least, double most) =>
        Assert.InRange(SearchLimits.Share(TimeSpan.FromSeconds(left), TimeSpan.FromSeconds(increment), moves).TotalSeconds, least, most);
}
