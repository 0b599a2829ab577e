using Strata.Games.Players;
using Strata.Games.Protocols;
using Strata.Games.Shogi;

namespace Strata.Games.Tests.Protocols;

public sealed class UsiEngineTests
{
    static readonly SearchLimits fast = new(Depth: 1);

    [Fact]
    public void The_engine_introduces_itself() =>
        Assert.Equal(["usiok", "readyok"], Conversation.With(new UsiEngine(), "usi", "setoption name USI_Hash value 16", "isready", "usinewgame", "gameover win")[2..]);

    [Theory]
    [InlineData("position sfen 8k/9/7GG/9/9/9/9/9/K8 b - 1", "bestmove (1c1b|2c1b|2c2b)")] // mate
    [InlineData("position sfen 8k/8G/7G1/9/9/9/9/9/K8 w - 1", "bestmove resign")]
    [InlineData("position sfen KRRBBGGGS/PPP6/9/9/9/9/9/9/8k b P 1", "bestmove win")]
    [InlineData("position startpos moves 7g7f 3c3d", "bestmove \\S+")]
    public void A_search_is_answered_by_the_best_move(string position, string answer) =>
        Assert.Matches($"^{answer}$", Conversation.With(new UsiEngine(), position, "go depth 2")[^1]);

    [Fact]
    public void A_clock_with_byoyomi_is_kept() =>
        Assert.StartsWith("bestmove ", Conversation.With(new UsiEngine(), "position startpos", "go btime 0 wtime 0 byoyomi 100")[^1]);

    [Fact]
    public void A_search_for_mate_is_declined() => Assert.Equal("checkmate notimplemented", Conversation.With(new UsiEngine(), "go mate infinite")[^1]);

    [Fact]
    public void An_illegal_move_is_named_and_changes_nothing()
    {
        var said = Conversation.With(new UsiEngine(limits: fast), "position startpos moves 7g7f 7g7f", "position sfen", "d");
        Assert.Equal("info string position: Play: '7g7f' is not a legal move here.", said[0]);
        Assert.StartsWith("info string position: needs 'startpos' or 'sfen'", said[1]);
        Assert.Equal(ShogiVariant.Standard.Start, said[^1]);
    }

    [Fact]
    public void Rubbish_and_a_huge_line_end_in_nothing_worse_than_complaints()
    {
        var said = Conversation.With(new UsiEngine(limits: fast), [.. Conversation.Rubbish, new string('x', 1_000_000), "stop", "isready"]);
        Assert.Contains("readyok", said);
        Assert.All(said, s => Assert.Matches("^(info |bestmove |readyok)", s));
    }
}
