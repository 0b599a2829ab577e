using Strata.Games.Shogi;

namespace Strata.Games.Tests.Shogi;

public sealed class ShogiGameTests
{
    static ShogiGame After(string sfen, string moves)
    {
        var game = ShogiGame.FromSfen(sfen);
        foreach (var move in moves.Split(' ', StringSplitOptions.RemoveEmptyEntries)) game.Play(move);
        return game;
    }

    [Theory]
    [InlineData("lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1", "30 900 25470 719731")]
    [InlineData("l6nl/5+P1gk/2np1S3/p1p4Pp/3P2Sp1/1PPb2P1P/P5GS1/R8/LN4bKL w RGgsn5p 1", "207 28684")]
    [InlineData("R8/2K1S1SSk/4B4/9/9/9/9/9/1L1L1L3 b RBGSNLP3g3n17p 1", "593 105677")]
    public void Perft_gives_the_published_counts(string sfen, string counts) => Check.Perft(ShogiGame.FromSfen(sfen), counts);

    [Fact]
    public void Perft_of_minishogi_gives_the_published_counts() => Check.Perft(ShogiGame.Start(ShogiVariant.Mini), "14 181 2512 35401 533203");

    [Theory]
    [InlineData("7lk/9/8G/9/9/9/9/9/K8 b P 1", 76, "P*1b")] // mate by the drop of a pawn
    [InlineData("8k/9/8G/9/9/9/9/9/K8 b P 1", 77, "")] // the king escapes
    [InlineData("7gk/9/8G/9/9/9/9/9/K8 b P 1", 77, "")] // the gold takes the pawn
    [InlineData("3+P4+P/P3kr3/lGs3p1g/lP1plbb2/n1p1PG1S1/2PP2gNL/+p4S2R/2+pNp2S1/K4+p1N1 w 3Pp 200", 75, "P*9h")]
    public void A_pawn_may_not_be_dropped_to_mate(string sfen, int count, string illegal)
    {
        var game = ShogiGame.FromSfen(sfen);
        Assert.Equal(count, game.LegalMoves().Length);
        Assert.False(game.TryParse(illegal, out _));
    }

    [Fact]
    public void A_pawn_may_move_to_mate()
    {
        var game = After("7lk/9/7GP/9/9/9/9/9/K8 b - 1", "1c1b");
        Assert.Equal(ShogiEnding.NoMoves, game.Ending);
        Assert.Equal(1, game.Return(0));
    }

    [Theory]
    [InlineData("4k4/9/9/9/9/9/4P4/9/4K4 b P 1", "P*5e", false)] // a second pawn on the file
    [InlineData("4k4/9/9/9/9/9/4+P4/9/4K4 b P 1", "P*5e", true)] // a promoted one does not count
    [InlineData("4k4/9/9/9/9/9/4p4/9/4K4 b P 1", "P*5e", true)] // nor one of the other side
    [InlineData("4k4/9/9/9/9/9/9/9/4K4 b PLN 1", "P*1a", false)]
    [InlineData("4k4/9/9/9/9/9/9/9/4K4 b PLN 1", "L*1a", false)]
    [InlineData("4k4/9/9/9/9/9/9/9/4K4 b PLN 1", "N*1b", false)]
    [InlineData("4k4/9/9/9/9/9/9/9/4K4 b PLN 1", "N*1c", true)]
    [InlineData("4k4/9/9/9/9/9/9/9/4K4 w pln 1", "L*1i", false)]
    [InlineData("4k4/9/9/9/9/9/9/9/4K4 w pln 1", "N*1h", false)]
    [InlineData("4k4/9/9/9/9/9/9/9/4K4 w pln 1", "N*1g", true)]
    [InlineData("4k4/8P/9/9/9/9/9/9/4K4 b - 1", "1b1a", false)] // must promote
    [InlineData("4k4/8P/9/9/9/9/9/9/4K4 b - 1", "1b1a+", true)]
    [InlineData("4k4/9/8P/9/9/9/9/9/4K4 b - 1", "1c1b", true)] // may promote
    [InlineData("4k4/9/8P/9/9/9/9/9/4K4 b - 1", "1c1b+", true)]
    [InlineData("4k4/9/9/8N/9/9/9/9/4K4 b - 1", "1d2b", false)]
    [InlineData("4k4/9/9/8N/9/9/9/9/4K4 b - 1", "1d2b+", true)]
    [InlineData("4k4/8S/9/9/9/9/9/9/4K4 b - 1", "1b2c+", true)] // promotes when leaving the zone
    [InlineData("4k4/8G/9/9/9/9/9/9/4K4 b - 1", "1b1a+", false)] // a gold has no other side
    [InlineData("4k4/9/9/9/4l4/9/4S4/9/4K4 b - 1", "5g4f", false)] // pinned
    [InlineData("4k4/9/9/9/4l4/9/4S4/9/4K4 b - 1", "5g5f", true)]
    [InlineData("4k4/9/9/9/4l4/9/9/9/4K4 b P 1", "P*1e", false)] // leaves the check standing
    [InlineData("4k4/9/9/9/4l4/9/9/9/4K4 b P 1", "P*5g", true)]
    public void A_move_is_legal_or_not(string sfen, string move, bool legal) =>
        Assert.Equal(legal, ShogiGame.FromSfen(sfen).TryParse(move, out _));

    [Fact]
    public void A_captured_piece_goes_to_the_hand_unpromoted() =>
        Assert.Equal("4k4/9/9/9/9/9/4R4/9/4K4 w P 2", After("4k4/9/9/9/9/9/4+p4/4R4/4K4 b - 1", "5h5g").ToSfen());

    [Theory]
    [InlineData("shogi")]
    [InlineData("minishogi")]
    public void Random_games_keep_every_promise_of_a_game(string variant) =>
        Check.Game(() => ShogiGame.Start(variant == "shogi" ? ShogiVariant.Standard : ShogiVariant.Mini), 2, 150, 1);

    [Fact]
    public void The_key_of_a_position_does_not_depend_on_the_way_to_it()
    {
        var random = new Random(5);
        for (var i = 0; i < 40; i++)
        {
            var game = Check.Play<ShogiGame, ShogiMove>(new ShogiGame(), 150, random);
            var read = ShogiGame.FromSfen(game.ToSfen());
            Assert.Equal(game.Hash, read.Hash);
            Assert.Equal(game.LegalMoves(), read.LegalMoves());
        }
    }

    [Fact]
    public void The_fourth_occurrence_is_a_draw()
    {
        const string shuffle = "2h3h 8b7b 3h2h 7b8b ";
        var game = After(ShogiVariant.Standard.Start, shuffle + shuffle);
        Assert.Equal(ShogiEnding.None, game.Ending);
        foreach (var move in shuffle.TrimEnd().Split(' ')) game.Play(move);
        Assert.Equal(4, game.Repetitions);
        Assert.Equal(ShogiEnding.Repetition, game.Ending);
        Assert.Equal(0, game.Return(0));
    }

    [Fact]
    public void Perpetual_check_loses_for_the_player_who_gives_it()
    {
        var game = After("3k5/9/9/9/9/9/9/9/R3K4 b - 1", "9i9a 6a6b 9a9b 6b6a 9b9a 6a6b 9a9b 6b6a 9b9a 6a6b 9a9b 6b6a");
        Assert.Equal(ShogiEnding.None, game.Ending);
        game.Play("9b9a");
        Assert.Equal(ShogiEnding.PerpetualCheck, game.Ending);
        Assert.Equal(-1, game.Return(0));
        Assert.Equal(1, game.Return(1));
    }

    [Fact]
    public void A_repetition_with_one_quiet_move_is_no_perpetual_check()
    {
        var game = After("3k5/9/9/9/9/9/9/9/R3K4 b - 1", "9i9a 6a6b");
        foreach (var move in "9a9b 6b6a 9b9h 6a6b 9h9b 6b6a 9b9h 6a6b 9h9b 6b6a 9b9h 6a6b 9h9b".Split(' ')) game.Play(move);
        Assert.Equal(ShogiEnding.Repetition, game.Ending);
        Assert.Equal(0, game.Return(0));
    }

    [Fact]
    public void A_repetition_of_minishogi_loses_for_the_first_player()
    {
        var game = ShogiGame.Start(ShogiVariant.Mini);
        for (var round = 0; round < 3; round++)
            foreach (var move in "4e4d 2a2b 4d4e 2b2a".Split(' ')) game.Play(move);
        Assert.Equal(ShogiEnding.Repetition, game.Ending);
        Assert.Equal(-1, game.Return(0));
    }

    [Theory]
    [InlineData("KRRBBGGGS/PPP6/9/9/9/9/9/9/8k b P 1", true)] // 11 pieces; 4·5 + 7 + 1 = 28 points
    [InlineData("KRRBBGGGS/PPP6/9/9/9/9/9/9/8k b - 1", false)] // 27 points
    [InlineData("8K/9/9/9/9/9/9/ppp6/krrbbgggs w - 1", true)] // 27 are enough for white
    [InlineData("KRRBBGGGS/9/9/9/9/9/9/9/8k b 9P 1", false)] // only 8 pieces in the zone
    [InlineData("1RRBBGGGS/PPP6/9/K8/9/9/9/9/8k b P 1", false)] // the king is outside
    [InlineData("KRRBBGGGS/gPPP5/9/9/9/9/9/9/8k b P 1", false)] // in check
    public void A_win_by_impasse_needs_pieces_and_points(string sfen, bool may) =>
        Assert.Equal(may, ShogiGame.FromSfen(sfen).CanDeclareWin);

    [Fact]
    public void The_action_size_is_AlphaZeros() => Assert.Equal(11259, new ShogiGame().ActionCount);
}
