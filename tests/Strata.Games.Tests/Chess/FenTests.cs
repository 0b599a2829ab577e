using Strata.Games.Chess;

namespace Strata.Games.Tests.Chess;

public sealed class FenTests
{
    [Fact]
    public void Positions_of_random_games_round_trip()
    {
        var random = new Random(2);
        for (var i = 0; i < 300; i++)
        {
            var fen = Check.Play<ChessGame, ChessMove>(new ChessGame(), 250, random).ToFen();
            Assert.Equal(fen, ChessGame.FromFen(fen).ToFen());
        }
    }

    [Fact]
    public void A_double_step_is_recorded_even_where_no_pawn_can_take()
    {
        var game = new ChessGame();
        game.Play("e2e4");
        Assert.Equal("rnbqkbnr/pppppppp/8/8/4P3/8/PPPP1PPP/RNBQKBNR b KQkq e3 0 1", game.ToFen());
    }

    [Fact]
    public void The_move_counters_may_be_missing() =>
        Assert.Equal("4k3/8/8/8/8/8/8/4K3 b - - 0 1", ChessGame.FromFen("4k3/8/8/8/8/8/8/4K3 b - -").ToFen());

    [Theory]
    [InlineData("", "has 0 fields")]
    [InlineData("rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR", "has 1 fields")]
    [InlineData("rnbqkbnr/pppppppp/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1", "has 7 ranks; the board has 8")]
    [InlineData("rnbqkbnr/pppppppp/8/8/7/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1", "rank 4 ('7') does not fill 8 squares")]
    [InlineData("rnbqkbnr/ppppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1", "rank 7 ('ppppppppp') does not fill 8 squares")]
    [InlineData("rnbqkbnr/ppppxppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1", "'x' in rank 7 is neither a piece")]
    [InlineData("rnbqkbnr/pppp.ppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1", "'.' in rank 7 is neither a piece")]
    [InlineData("rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR x KQkq - 0 1", "the side to move is 'w' or 'b', not 'x'")]
    [InlineData("rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkqK - 0 1", "castling rights 'KQkqK'")]
    [InlineData("4k3/8/8/8/8/8/8/4K3 w K - 0 1", "castling right 'K' needs white's king and rook")]
    [InlineData("4k3/8/8/8/8/8/8/4K3 w - e6 0 1", "en passant square 'e6'")]
    [InlineData("4k3/8/8/8/8/8/8/4K3 w - - -1 1", "halfmove clock '-1'")]
    [InlineData("4k3/8/8/8/8/8/8/4K3 w - - 0 99999999999999999999", "move number '99999999999999999999'")]
    [InlineData("8/8/8/8/8/8/8/4K3 w - - 0 1", "black has 0 kings")]
    [InlineData("4k3/8/8/8/8/8/8/3KK3 w - - 0 1", "white has 2 kings")]
    [InlineData("4k2P/8/8/8/8/8/8/4K3 w - - 0 1", "white has a pawn on the first or last rank")]
    [InlineData("4k3/8/8/8/8/8/8/4K2r b - - 0 1", "white is in check but black is to move")]
    [InlineData("k7/QQQQQQQQ/QQQQQQQQ/8/8/8/8/K7 b - - 0 1", "white has more pieces than eight pawns can make")]
    public void What_is_wrong_with_a_record_is_named(string fen, string part) => Check.Says(part, () => ChessGame.FromFen(fen));

    [Fact]
    public void Every_truncation_and_many_corruptions_end_in_an_error_or_a_sound_position()
    {
        const string fen = "r3k2r/p1ppqpb1/bn2pnp1/3PN3/1p2P3/2N2Q1p/PPPBBPPP/R3K2R w KQkq - 12 34";
        var random = new Random(3);
        for (var i = 0; i < 3000; i++)
        {
            var text = i < fen.Length ? fen[..i] : Corrupt();
            try
            {
                var game = ChessGame.FromFen(text);
                _ = Perft.Count(game, 2);
                Assert.Equal(game.ToFen(), ChessGame.FromFen(game.ToFen()).ToFen());
            }
            catch (FormatException e)
            {
                Assert.StartsWith("FEN '", e.Message);
            }
        }

        string Corrupt()
        {
            var chars = fen.ToCharArray();
            for (var n = random.Next(1, 4); n > 0; n--) chars[random.Next(chars.Length)] = fen[random.Next(fen.Length)];
            return new string(chars);
        }
    }

    [Fact]
    public void A_huge_record_gives_a_short_error()
    {
        var message = Assert.Throws<FormatException>(() => ChessGame.FromFen(new string('/', 1_000_000))).Message;
        Assert.InRange(message.Length, 1, 300);
        Assert.Throws<FormatException>(() => ChessGame.FromFen(new string('p', 1_000_000) + " w - - 0 1"));
    }
}
