using Strata.Games.Chess;
using Strata.Games.Players;
using Strata.Games.Protocols;

namespace Strata.Games.Tests.Protocols;

public sealed class UciEngineTests
{
    static readonly SearchLimits fast = new(Depth: 1);

    [Fact]
    public void The_engine_introduces_itself()
    {
        var said = Conversation.With(new UciEngine(), "uci", "isready");
        Assert.StartsWith("id name ", said[0]);
        Assert.StartsWith("id author ", said[1]);
        Assert.Equal(["uciok", "readyok"], said[2..]);
    }

    [Theory]
    [InlineData("position fen 6k1/5ppp/8/8/8/8/8/R3K3 w - - 0 1", "bestmove a1a8")] // mate
    [InlineData("position fen 7k/8/8/3q4/4P3/8/8/K7 w - - 0 1", "bestmove e4d5")] // a queen for nothing
    [InlineData("position startpos moves f2f3 e7e5 g2g4", "bestmove d8h4")]
    [InlineData("position startpos moves f2f3 e7e5 g2g4 d8h4", "bestmove (none)")]
    [InlineData("position fen 7k/5Q2/6K1/8/8/8/8/8 b - - 0 1", "bestmove (none)")]
    public void A_search_is_answered_by_the_best_move(string position, string answer) =>
        Assert.Equal(answer, Conversation.With(new UciEngine(), position, "go depth 3")[^1]);

    [Fact]
    public void A_report_carries_depth_score_nodes_and_line()
    {
        var said = Conversation.With(new UciEngine(), "position fen 6k1/5ppp/8/8/8/8/8/R3K3 w - - 0 1", "go depth 3");
        Assert.Matches(@"^info depth 1 score mate 1 nodes \d+ time \d+ nps \d+ pv a1a8$", said[0]);
    }

    [Fact]
    public void Searches_in_a_row_are_each_answered() =>
        Assert.Equal(3, Conversation.With(new UciEngine(), "go depth 2", "position startpos moves e2e4", "go nodes 500", "go movetime 30").Count(s => s.StartsWith("bestmove ")));

    [Fact]
    public void An_endless_search_ends_at_stop_at_quit_and_at_the_end_of_the_input()
    {
        Assert.StartsWith("bestmove ", Conversation.With(new UciEngine(), "go infinite", "isready", "stop")[^1]);
        Assert.StartsWith("bestmove ", Conversation.With(new UciEngine(), "go infinite", "quit", "isready")[^1]);
        Assert.StartsWith("bestmove ", Conversation.With(new UciEngine(), "go ponder wtime 1 btime 1")[^1]);
        Assert.StartsWith("bestmove ", Conversation.With(new UciEngine(), "position fen 7k/5Q2/6K1/8/8/8/8/8 b - - 0 1", "go infinite", "stop")[^1]);
    }

    [Fact]
    public void A_command_that_is_wrong_is_named_and_changes_nothing()
    {
        var said = Conversation.With(new UciEngine(limits: fast), "position startpos moves e2e4", "position startpos moves e2e5", "hello", "position fen x", "position nowhere",
            "setoption name Hash value 1", "d");
        Assert.Equal("info string position: Play: 'e2e5' is not a legal move here.", said[0]);
        Assert.Equal("info string unknown command 'hello'", said[1]);
        Assert.StartsWith("info string position: FEN 'x': has 1 fields", said[2]);
        Assert.StartsWith("info string position: needs 'startpos' or 'fen'", said[3]);
        Assert.Equal("info string setoption: there is no option 'Hash'", said[4]);
        Assert.Equal("rnbqkbnr/pppppppp/8/8/4P3/8/PPPP1PPP/RNBQKBNR b KQkq e3 0 1", said[^1]);
    }

    [Fact]
    public void A_go_with_a_wrong_word_still_gets_its_move()
    {
        var said = Conversation.With(new UciEngine(limits: fast), "go depth x");
        Assert.Equal("info string go: 'depth' needs a whole number, not 'x'", said[0]);
        Assert.StartsWith("bestmove ", said[^1]);
        Assert.StartsWith("bestmove ", Conversation.With(new UciEngine(limits: fast), "go searchmoves")[^1]);
        Assert.StartsWith("bestmove ", Conversation.With(new UciEngine(limits: fast), "go wtime -5 btime -5 winc 0 binc 0")[^1]);
    }

    [Fact]
    public void Words_before_a_command_are_skipped() => Assert.Equal("readyok", Conversation.With(new UciEngine(), "joho isready")[^1]);

    [Fact]
    public void Perft_is_counted_a_move_and_in_all()
    {
        var said = Conversation.With(new UciEngine(), "go perft 3");
        Assert.Equal(21, said.Length);
        Assert.Contains("e2e4: 600", said);
        Assert.Equal("nodes 8902", said[^1]);
    }

    [Fact]
    public void Rubbish_and_a_huge_line_end_in_nothing_worse_than_complaints()
    {
        var said = Conversation.With(new UciEngine(limits: fast), [.. Conversation.Rubbish, new string('x', 1_000_000), "stop", "isready"]);
        Assert.Contains(said, s => s.Contains("a line of more than 65536 characters was ignored"));
        Assert.Contains("readyok", said);
        Assert.All(said, s => Assert.Matches("^(info |bestmove |readyok)", s));
    }

    sealed class BrokenPipe : StringWriter
    {
        public override void Write(string? value) => throw new IOException("broken pipe");
    }

    [Fact]
    public void A_peer_that_has_gone_ends_the_engine_quietly()
    {
        new UciEngine().Run(new StringReader("uci\ngo depth 3\ngo infinite\n"), new BrokenPipe());
        new UsiEngine().Run(new StringReader("usi\ngo depth 2\nquit\n"), new BrokenPipe());
        new GtpEngine().Run(new StringReader("name\nname\n"), new BrokenPipe());
    }

    sealed class Broken : IPlayer<ChessMove>
    {
        public string Name => "broken";

        public ChessMove Choose(IGame<ChessMove> game, SearchLimits limits, Action<SearchReport<ChessMove>>? report, CancellationToken stop) =>
            throw new InvalidOperationException("on purpose");
    }

    [Fact]
    public void A_player_that_fails_is_reported_and_a_legal_move_is_given_all_the_same()
    {
        var said = Conversation.With(new UciEngine(new Broken()), "go depth 1");
        Assert.Equal("info string broken: on purpose", said[0]);
        Assert.True(new ChessGame().TryParse(said[1].AsSpan("bestmove ".Length), out _));
    }
}
