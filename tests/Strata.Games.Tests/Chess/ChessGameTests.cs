using Strata.Games.Chess;

namespace Strata.Games.Tests.Chess;

public sealed class ChessGameTests
{
    const string Kiwipete = "r3k2r/p1ppqpb1/bn2pnp1/3PN3/1p2P3/2N2Q1p/PPPBBPPP/R3K2R w KQkq - 0 1";

    static ChessGame After(string fen, params string[] moves)
    {
        var game = ChessGame.FromFen(fen);
        foreach (var move in moves) game.Play(move);
        return game;
    }

    static ChessGame AfterStart(params string[] moves) => After(ChessVariant.Standard.Start, moves);

    [Theory]
    [InlineData("rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1", "20 400 8902 197281 4865609")]
    [InlineData(Kiwipete, "48 2039 97862 4085603")]
    [InlineData("8/2p5/3p4/KP5r/1R3p1k/8/4P1P1/8 w - -", "14 191 2812 43238 674624")]
    [InlineData("r3k2r/Pppp1ppp/1b3nbN/nP6/BBP1P3/q4N2/Pp1P2PP/R2Q1RK1 w kq -", "6 264 9467 422333")]
    [InlineData("rnbq1k1r/pp1Pbppp/2p5/8/2B5/8/PPP1NnPP/RNBQK2R w KQ -", "44 1486 62379 2103487")]
    [InlineData("r4rk1/1pp1qppp/p1np1n2/2b1p1B1/2B1P1b1/P1NP1N2/1PP1QPPP/R4RK1 w - -", "46 2079 89890 3894594")]
    public void Perft_gives_the_published_counts(string fen, string counts) => Check.Perft(ChessGame.FromFen(fen), counts);

    [Fact]
    public void Perft_of_Gardner_chess_gives_the_published_counts() =>
        Check.Perft(ChessGame.Start(ChessVariant.Gardner), "7 53 506 4775 52512");

    [Fact]
    public void Divide_names_each_move_and_sums_to_the_count()
    {
        var divided = Perft.Divide(new ChessGame(), 3).ToDictionary(pair => pair.Move.ToString(), pair => pair.Nodes);
        Assert.Equal(20, divided.Count);
        Assert.Equal(600, divided["e2e4"]);
        Assert.Equal(8902, divided.Values.Sum());
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("gardner")]
    public void Random_games_keep_every_promise_of_a_game(string variant) =>
        Check.Game(() => ChessGame.Start(variant == "gardner" ? ChessVariant.Gardner : ChessVariant.Standard), 6, 300, 1);

    [Fact]
    public void The_key_of_a_position_does_not_depend_on_the_way_to_it()
    {
        var random = new Random(5);
        for (var i = 0; i < 200; i++)
        {
            var game = Check.Play<ChessGame, ChessMove>(new ChessGame(), 200, random);
            var read = ChessGame.FromFen(game.ToFen());
            Assert.Equal(game.Hash, read.Hash);
            Assert.Equal(game.ToFen(), read.ToFen());
            Assert.Equal(game.LegalMoves(), read.LegalMoves());
        }
    }

    [Theory]
    [InlineData("8/8/8/K2pP2r/8/8/8/7k w - d6 0 1", "e5d6")] // both pawns would leave the rank between king and rook
    [InlineData("r3k3/8/8/8/8/8/8/4K2R b q - 0 1", "e8g8")] // no such right
    [InlineData("4k3/8/8/8/8/5r2/8/4K2R w K - 0 1", "e1g1")] // through check
    [InlineData("4k3/8/8/8/8/4r3/8/4K2R w K - 0 1", "e1g1")] // out of check
    [InlineData("4k3/8/8/8/8/6r1/8/4K2R w K - 0 1", "e1g1")] // into check
    [InlineData("4k3/8/8/8/7b/8/5N2/4K3 w - - 0 1", "f2d3")] // pinned
    [InlineData("4k3/8/8/8/8/8/4r3/4K3 w - - 0 1", "e1d2")] // still attacked
    [InlineData("4k3/4P3/8/8/8/8/8/4K3 w - - 0 1", "e7e8q")] // blocked
    public void A_move_that_breaks_a_rule_is_refused(string fen, string move)
    {
        var game = ChessGame.FromFen(fen);
        Assert.False(game.TryParse(move, out _));
        Assert.Contains(move, Assert.Throws<FormatException>(() => game.Play(move)).Message);
    }

    [Fact]
    public void Queenside_castling_may_take_the_rook_over_an_attacked_square() =>
        Assert.True(ChessGame.FromFen("1r2k3/8/8/8/8/8/8/R3K3 w Q - 0 1").TryParse("e1c1", out _));

    [Fact]
    public void Castling_moves_both_pieces_and_ends_the_rights()
    {
        Assert.Equal("r4rk1/p1ppqpb1/bn2pnp1/3PN3/1p2P3/2N2Q1p/PPPBBPPP/2KR3R w - - 2 2", After(Kiwipete, "e1c1", "e8g8").ToFen());
    }

    [Fact]
    public void A_rook_taken_at_home_ends_its_right() =>
        Assert.Equal("r3k2R/8/8/8/8/8/8/R3K3 b Qq - 0 1", After("r3k2r/8/8/8/8/8/8/R3K2R w KQkq - 0 1", "h1h8").ToFen());

    [Fact]
    public void Endings_are_told_apart()
    {
        Assert.Equal(ChessEnding.Checkmate, AfterStart("f2f3", "e7e5", "g2g4", "d8h4").Ending);
        Assert.Equal(-1, AfterStart("f2f3", "e7e5", "g2g4", "d8h4").Return(0));
        Assert.Equal(ChessEnding.Stalemate, ChessGame.FromFen("7k/5Q2/6K1/8/8/8/8/8 b - - 0 1").Ending);
        Assert.Equal(ChessEnding.None, new ChessGame().Ending);
    }

    [Theory]
    [InlineData("8/8/4k3/8/8/3K4/8/8 w - - 0 1", true)]
    [InlineData("8/8/4k3/8/8/3KN3/8/8 w - - 0 1", true)]
    [InlineData("8/8/4kb2/8/8/3KB3/8/8 w - - 0 1", true)] // both bishops on dark squares
    [InlineData("8/8/4kb2/8/8/3K1B2/8/8 w - - 0 1", false)]
    [InlineData("8/8/4kn2/8/8/3KN3/8/8 w - - 0 1", false)]
    [InlineData("8/8/4k3/8/8/3KNN2/8/8 w - - 0 1", false)]
    [InlineData("8/8/4k3/8/8/3KP3/8/8 w - - 0 1", false)]
    public void Too_little_material_is_a_draw(string fen, bool draw) =>
        Assert.Equal(draw ? ChessEnding.InsufficientMaterial : ChessEnding.None, ChessGame.FromFen(fen).Ending);

    [Fact]
    public void The_third_occurrence_is_a_draw_when_claimed_and_the_fifth_without()
    {
        string[] shuffle = ["g1f3", "g8f6", "f3g1", "f6g8"];
        var claimed = new ChessGame();
        var automatic = new ChessGame { DrawsAreClaimed = false };
        for (var round = 1; round <= 4; round++)
        {
            foreach (var move in shuffle)
            {
                claimed.Play(move);
                automatic.Play(move);
            }

            Assert.Equal(round + 1, claimed.Repetitions);
            Assert.Equal(round >= 2, claimed.IsTerminal);
            Assert.Equal(round == 4, automatic.IsTerminal);
        }
    }

    [Fact]
    public void Positions_with_other_castling_rights_are_no_repetition()
    {
        var game = ChessGame.FromFen("r3k2r/8/8/8/8/8/8/R3K2R w KQkq - 0 1");
        foreach (var move in "h1g1 h8g8 g1h1 g8h8 h1g1 h8g8 g1h1 g8h8".Split(' ')) game.Play(move);
        Assert.Equal(2, game.Repetitions);
        Assert.Equal(ChessEnding.None, game.Ending);
    }

    [Fact]
    public void An_en_passant_square_counts_for_repetition_only_if_a_pawn_can_take()
    {
        Assert.Equal(ChessGame.FromFen("4k3/8/8/8/4P3/8/8/4K3 b - e3 0 1").Hash, ChessGame.FromFen("4k3/8/8/8/4P3/8/8/4K3 b - - 0 1").Hash);
        Assert.NotEqual(ChessGame.FromFen("4k3/8/8/8/3pP3/8/8/4K3 b - e3 0 1").Hash, ChessGame.FromFen("4k3/8/8/8/3pP3/8/8/4K3 b - - 0 1").Hash);
    }

    [Theory]
    [InlineData(99, true, ChessEnding.None)]
    [InlineData(100, true, ChessEnding.MoveRule)]
    [InlineData(149, false, ChessEnding.None)]
    [InlineData(150, false, ChessEnding.MoveRule)]
    public void Fifty_moves_without_progress_are_a_draw_when_claimed_and_seventy_five_without(int halfmoves, bool claimed, ChessEnding ending)
    {
        var game = ChessGame.FromFen($"4k3/8/8/8/8/8/8/R3K3 w - - {halfmoves - 1} 80");
        game.DrawsAreClaimed = claimed;
        game.Play("a1a2");
        Assert.Equal(ending, game.Ending);
    }

    [Fact]
    public void Mate_on_the_hundredth_halfmove_is_mate()
    {
        var game = After("6k1/5ppp/8/8/8/8/8/R3K3 w - - 99 80", "a1a8");
        Assert.Equal(ChessEnding.Checkmate, game.Ending);
        Assert.Equal(1, game.Return(0));
    }

    [Fact]
    public void The_action_size_is_AlphaZeros()
    {
        Assert.Equal(4672, new ChessGame().ActionCount);
        var seen = new HashSet<int>();
        var game = ChessGame.FromFen("n1n4k/1P6/8/8/8/8/8/7K w - - 0 1"); // twelve promotions, nine of them under-promotions
        Assert.All(game.LegalMoves(), move => Assert.True(seen.Add(game.ActionOf(move))));
    }
}
