using Strata.Games.Shogi;

namespace Strata.Games.Tests.Shogi;

public sealed class SfenTests
{
    [Theory]
    [InlineData("shogi")]
    [InlineData("minishogi")]
    public void Positions_of_random_games_round_trip(string name)
    {
        var variant = name == "shogi" ? ShogiVariant.Standard : ShogiVariant.Mini;
        var random = new Random(2);
        for (var i = 0; i < 60; i++)
        {
            var sfen = Check.Play<ShogiGame, ShogiMove>(ShogiGame.Start(variant), 120, random).ToSfen();
            Assert.Equal(sfen, ShogiGame.FromSfen(sfen, variant).ToSfen());
        }
    }

    [Theory]
    [InlineData("l6nl/5+P1gk/2np1S3/p1p4Pp/3P2Sp1/1PPb2P1P/P5GS1/R8/LN4bKL w RGgsn5p 1")]
    [InlineData("4k4/9/9/9/9/9/9/9/4K4 b 2R2B4G4S4N4L18P 300")]
    public void A_record_is_written_as_it_was_read(string sfen) => Assert.Equal(sfen, ShogiGame.FromSfen(sfen).ToSfen());

    [Fact]
    public void The_move_number_may_be_missing() =>
        Assert.Equal("4k4/9/9/9/9/9/9/9/4K4 w - 1", ShogiGame.FromSfen("4k4/9/9/9/9/9/9/9/4K4 w -").ToSfen());

    [Theory]
    [InlineData("", "has 0 fields")]
    [InlineData("9/9 b - 1", "has 2 ranks; the board has 9")]
    [InlineData("4k4/9/9/9/8/9/9/9/4K4 b - 1", "rank e ('8') does not fill 9 squares")]
    [InlineData("4k4/9/9/9/91/9/9/9/4K4 b - 1", "rank e ('91') does not fill 9 squares")]
    [InlineData("4k4/9/9/9/4x4/9/9/9/4K4 b - 1", "'x' in rank e")]
    [InlineData("4k4/9/9/9/4+G4/9/9/9/4K4 b - 1", "'+G' in rank e")]
    [InlineData("4k4/9/9/9/4++P4/9/9/9/4K4 b - 1", "'++' in rank e")]
    [InlineData("4k4/9/9/9/8+/9/9/9/4K4 b - 1", "does not fill 9 squares")]
    [InlineData("4k4/9/9/9/9/9/9/9/4K4 x - 1", "the side to move is 'b' or 'w', not 'x'")]
    [InlineData("4k4/9/9/9/9/9/9/9/4K4 b K 1", "'K' in the hands")]
    [InlineData("4k4/9/9/9/9/9/9/9/4K4 b 3 1", "end in a number")]
    [InlineData("4k4/9/9/9/9/9/9/9/4K4 b 0P 1", "a count of 0")]
    [InlineData("4k4/9/9/9/9/9/9/9/4K4 b 999P 1", "more than 18 of a kind")]
    [InlineData("4k4/9/9/9/9/9/9/9/4K4 b 3R 1", "3 pieces of kind R; a set has 2")]
    [InlineData("4k4/9/9/9/9/9/9/9/4K4 b - x", "move number 'x'")]
    [InlineData("9/9/9/9/9/9/9/9/4K4 b - 1", "white has 0 kings")]
    [InlineData("4k3P/9/9/9/9/9/9/9/4K4 b - 1", "the P of black on 1a could never move")]
    [InlineData("4k4/8N/9/9/9/9/9/9/4K4 b - 1", "the N of black on 1b could never move")]
    [InlineData("4k4/9/9/9/9/8P/8P/9/4K4 b - 1", "black has two pawns on file 1")]
    [InlineData("4k4/9/9/9/4R4/9/9/9/4K4 b - 1", "white is in check but black is to move")]
    public void What_is_wrong_with_a_record_is_named(string sfen, string part) => Check.Says(part, () => ShogiGame.FromSfen(sfen));

    [Fact]
    public void Every_truncation_and_many_corruptions_end_in_an_error_or_a_sound_position()
    {
        const string sfen = "l6nl/5+P1gk/2np1S3/p1p4Pp/3P2Sp1/1PPb2P1P/P5GS1/R8/LN4bKL w RGgsn5p 1";
        var random = new Random(3);
        for (var i = 0; i < 3000; i++)
        {
            var text = i < sfen.Length ? sfen[..i] : Corrupt();
            try
            {
                var game = ShogiGame.FromSfen(text);
                Assert.Equal(game.ToSfen(), ShogiGame.FromSfen(game.ToSfen()).ToSfen());
                _ = game.LegalMoves();
            }
            catch (FormatException e)
            {
                Assert.StartsWith("SFEN '", e.Message);
            }
        }

        string Corrupt()
        {
            var chars = sfen.ToCharArray();
            for (var n = random.Next(1, 4); n > 0; n--) chars[random.Next(chars.Length)] = sfen[random.Next(sfen.Length)];
            return new string(chars);
        }
    }

    [Fact]
    public void A_huge_record_gives_a_short_error()
    {
        var message = Assert.Throws<FormatException>(() => ShogiGame.FromSfen(new string('/', 1_000_000))).Message;
        Assert.InRange(message.Length, 1, 300);
        Assert.Throws<FormatException>(() => ShogiGame.FromSfen(new string('p', 1_000_000) + " b - 1"));
        Assert.Throws<FormatException>(() => ShogiGame.FromSfen("4k4/9/9/9/9/9/9/9/4K4 b " + new string('9', 1_000_000) + "P 1"));
    }
}
