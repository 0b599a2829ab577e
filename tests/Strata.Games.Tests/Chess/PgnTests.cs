using System.Text;
using Strata.Games.Chess;

namespace Strata.Games.Tests.Chess;

public sealed class PgnTests
{
    [Fact]
    public void Random_games_round_trip()
    {
        var random = new Random(4);
        for (var i = 0; i < 40; i++)
        {
            var game = Check.Play<ChessGame, ChessMove>(new ChessGame(), 300, random);
            var written = PgnGame.Of(game);
            var read = PgnGame.Parse(written.ToString());
            Assert.Equal(written.Moves, read.Moves);
            Assert.Equal(written.Result, read.Result);
            Assert.Equal(game.ToFen(), read.Replay().ToFen());
            Assert.Equal(written.ToString(), read.ToString());
        }
    }

    [Fact]
    public void A_game_from_another_position_keeps_it()
    {
        var game = ChessGame.FromFen("4k3/8/8/8/8/8/4P3/4K3 b - - 5 40");
        game.Play("e8d7");
        game.Play("e2e4");
        var text = PgnGame.Of(game).ToString();
        Assert.Contains("[FEN \"4k3/8/8/8/8/8/4P3/4K3 b - - 5 40\"]", text);
        Assert.Contains("40... Kd7 41. e4 *", text);
        Assert.Equal(game.ToFen(), PgnGame.Parse(text).Replay().ToFen());
    }

    [Fact]
    public void Comments_variations_marks_and_numbers_are_read_over()
    {
        const string text = """
            % an escaped line
            [Event "A \"great\" game"] [Result "1-0"]
            1.e4 {the best (by test} e5 $1 (1... c5 2. Nf3 (2. c3 {)} d5) d6) 2.Nf3! ; to the end (
            Nc6 3. Bc4?! Nd4 4 . Nxe5?? !? Qg5 5.Nxf7 Qxg2 6.Rf1 Qxe4+ 7.Be2 Nf3# 0-1

            [Event "Second"]
            1. d4 1/2-1/2
            """;
        var games = PgnGame.Read(new StringReader(text)).ToArray();
        Assert.Equal(2, games.Length);
        Assert.Equal("A \"great\" game", games[0].Tags["Event"]);
        Assert.Equal(14, games[0].Moves.Count);
        Assert.Equal(ChessEnding.Checkmate, games[0].Replay().Ending);
        Assert.Equal("1/2-1/2", games[1].Result);
    }

    [Theory]
    [InlineData("4k3/8/8/8/8/8/8/R3K2R w KQ - 0 1", "O-O", "e1g1")]
    [InlineData("4k3/8/8/8/8/8/8/R3K2R w KQ - 0 1", "0-0-0", "e1c1")]
    [InlineData("7k/P7/8/8/8/8/8/K7 w - - 0 1", "a8=N", "a7a8n")]
    [InlineData("7k/P7/8/8/8/8/8/K7 w - - 0 1", "a8Q+", "a7a8q")]
    [InlineData("1k6/8/8/8/R6R/8/8/K6R w - - 0 1", "Rad4", "a4d4")]
    [InlineData("1k6/8/8/8/R6R/8/8/K6R w - - 0 1", "R1h3", "h1h3")]
    [InlineData("6k1/8/8/8/Q2Q4/8/8/K2Q4 w - - 0 1", "Qd4g4", "d4g4")]
    public void A_move_is_read_as_the_standard_says(string fen, string san, string uci)
    {
        Assert.True(San.TryParse(ChessGame.FromFen(fen), san, out var move));
        Assert.Equal(uci, move.ToString());
    }

    [Theory]
    [InlineData("1k6/8/8/8/R6R/8/8/K6R w - - 0 1", "h1h3", "R1h3")]
    [InlineData("1k6/8/8/8/R6R/8/8/K6R w - - 0 1", "h4d4", "Rhd4")]
    [InlineData("7k/8/8/Q7/8/2b5/8/Q1Q3K1 w - - 0 1", "a1c3", "Qa1xc3+")]
    [InlineData("6k1/5ppp/8/8/8/8/8/R3K3 w - - 0 1", "a1a8", "Ra8#")]
    [InlineData("7k/8/8/2pP4/8/8/8/K7 w - c6 0 1", "d5c6", "dxc6")]
    [InlineData("1r5k/P7/8/8/8/8/8/K7 w - - 0 1", "a7b8q", "axb8=Q+")]
    public void A_move_is_written_as_the_standard_says(string fen, string uci, string san)
    {
        var game = ChessGame.FromFen(fen);
        Assert.True(game.TryParse(uci, out var move));
        Assert.Equal(san, San.Format(game, move));
    }

    [Theory]
    [InlineData("1k6/8/8/8/R6R/8/8/K7 w - - 0 1", "Rd4")] // either rook
    [InlineData("7k/P7/8/8/8/8/8/K7 w - - 0 1", "a8")] // to what
    [InlineData("7k/P7/8/8/8/8/8/K7 w - - 0 1", "a8=K")]
    [InlineData("7k/P7/8/8/8/8/8/K7 w - - 0 1", "Z")]
    [InlineData("7k/P7/8/8/8/8/8/K7 w - - 0 1", "=Q")]
    [InlineData("7k/P7/8/8/8/8/8/K7 w - - 0 1", "")]
    [InlineData("7k/P7/8/8/8/8/8/K7 w - - 0 1", "Kb2b2b2")]
    public void A_move_that_is_not_clear_is_refused(string fen, string san) =>
        Assert.False(San.TryParse(ChessGame.FromFen(fen), san, out _));

    [Theory]
    [InlineData("1. e4 e5 2. Ke3 *", "line 1: 'Ke3' is not a legal move")]
    [InlineData("[Event \"x\"\n1. e4", "tag 'Event' does not end with ']'")]
    [InlineData("[Event \"x", "the value of tag 'Event' does not end")]
    [InlineData("[Event x]", "tag 'Event' has no quoted value")]
    [InlineData("[\"x\"]", "a tag has no name")]
    [InlineData("1. e4\n{ what", "line 2: the comment that begins on line 2 does not end")]
    [InlineData("1. e4 ((((", "the variation that begins on line 1 does not end")]
    [InlineData("1. e4 )", "')' does not belong here")]
    [InlineData("1. e4 $x", "'$' is not followed by a number")]
    [InlineData("x.e4", "'x.e4' is neither a move nor a move number")]
    [InlineData("[FEN \"rubbish\"]\n1. e4", "line 2: FEN 'rubbish'")]
    [InlineData("", "holds no game")]
    public void What_is_wrong_with_a_file_is_named(string text, string part) => Check.Says(part, () => PgnGame.Parse(text));

    [Fact]
    public void Huge_and_random_texts_end_in_an_error()
    {
        Check.Says("too long", () => PgnGame.Parse(new string('a', 1_000_000)));
        Check.Says("does not end", () => PgnGame.Parse("1. e4 " + new string('(', 1_000_000)));
        Check.Says("does not end", () => PgnGame.Parse("[A \"" + new string('x', 1_000_000)));
        var random = new Random(6);
        for (var i = 0; i < 500; i++)
        {
            var text = new StringBuilder();
            for (var n = 0; n < 40; n++) text.Append("[]\"(){};$%e4NfQ.1-/0*\n "[random.Next(23)]);
            try
            {
                _ = PgnGame.Read(new StringReader(text.ToString())).Count();
            }
            catch (FormatException e)
            {
                Assert.StartsWith("PGN", e.Message);
            }
        }
    }
}
