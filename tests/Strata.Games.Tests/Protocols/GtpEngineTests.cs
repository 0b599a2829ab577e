using Strata.Games.Go;
using Strata.Games.Players;
using Strata.Games.Protocols;

namespace Strata.Games.Tests.Protocols;

public sealed class GtpEngineTests
{
    static GtpEngine Engine(int size = 9) => new(limits: new SearchLimits(Nodes: 60), size: size);

    [Fact]
    public void Commands_are_answered_with_their_number() => Assert.Equal(
        ["= 2", "=7 true", "=8 false", "?9 unknown command", "=10 "],
        Conversation.With(Engine(), "protocol_version", "7 known_command play", "8 known_command fly", "9 fly", "# a comment", "", "10\tquit # now", "11 name"));

    [Theory]
    [InlineData("? unacceptable size", "boardsize 26")]
    [InlineData("? boardsize not an integer", "boardsize nine")]
    [InlineData("? komi not a float", "komi much")]
    [InlineData("? illegal move", "play b D4", "play w D4")]
    [InlineData("? invalid color or coordinate", "play b I5")]
    [InlineData("? invalid color or coordinate", "play green D4")]
    [InlineData("? syntax error", "play b")]
    [InlineData("? syntax error", "genmove")]
    [InlineData("? cannot undo", "undo")]
    [InlineData("? board not empty", "play b D4", "fixed_handicap 2")]
    [InlineData("? invalid handicap", "fixed_handicap 10")]
    [InlineData("? bad vertex list", "set_free_handicap D4 D4")]
    [InlineData("? handicap not an integer", "fixed_handicap two")]
    public void A_command_that_cannot_be_obeyed_is_refused_in_the_words_of_the_protocol(string answer, params string[] lines) =>
        Assert.Equal(answer, Conversation.With(Engine(), lines)[^1]);

    [Fact]
    public void A_file_that_cannot_be_loaded_is_named() =>
        Assert.StartsWith("? cannot load file: ", Conversation.With(Engine(), "loadsgf /no/such/file")[0]);

    [Fact]
    public void A_game_is_played_undone_and_scored()
    {
        var said = Conversation.With(Engine(), "boardsize 3", "komi 0.5", "play b B2", "play w pass", "play b pass", "final_score", "undo", "undo", "undo", "final_score",
            "play w B2", "final_score");
        Assert.Equal(["= B+8.5", "= ", "= ", "= ", "= W+0.5", "= ", "= W+9.5"], said[5..]);
    }

    [Fact]
    public void Handicap_stones_stand_where_the_protocol_says_and_white_begins()
    {
        Assert.Equal("= D4 Q16 D16 Q4 D10 Q10 K10", Conversation.With(Engine(19), "fixed_handicap 7")[0]);
        Assert.Equal("= C3 G7", Conversation.With(Engine(), "fixed_handicap 2")[0]);
        Assert.Contains("PL[W]", Conversation.With(Engine(), "set_free_handicap A1 B2", "printsgf")[1]);
    }

    [Fact]
    public void A_color_may_move_twice_and_play_may_go_on_after_two_passes() => Assert.All(
        Conversation.With(Engine(), "play b D4", "play b E5", "play w pass", "play b pass", "play w F6", "genmove w"), answer => Assert.StartsWith("=", answer));

    [Fact]
    public void The_engine_plays_a_whole_game_against_itself()
    {
        var lines = Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? "genmove b" : "genmove w");
        var said = Conversation.With(Engine(5), [.. lines, "printsgf"]);
        Assert.All(said, answer => Assert.StartsWith("= ", answer));
        Assert.Contains(said.Zip(said.Skip(1)), pair => pair is ("= pass", "= pass"));
        Assert.Equal(200, Sgf.Read(said[^1][2..]).Ply);
    }

    [Fact]
    public void Clocks_are_understood() => Assert.All(
        Conversation.With(Engine(), "time_settings 10 5 1", "time_left b 1 0", "genmove b", "time_left w 1 5", "genmove w", "time_settings 0 1 0", "genmove b"),
        answer => Assert.StartsWith("=", answer));

    [Fact]
    public void Rubbish_and_a_huge_line_end_in_refusals()
    {
        var said = Conversation.With(Engine(), [.. Conversation.Rubbish, new string('x', 1_000_000), "name"]);
        Assert.Contains("? line too long", said);
        Assert.Equal("= Strata Monte-Carlo", said[^1]);
        Assert.All(said, answer => Assert.Matches("^[=?]", answer));
    }
}
