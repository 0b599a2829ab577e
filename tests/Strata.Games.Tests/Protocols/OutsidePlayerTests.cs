using System.IO.Pipes;
using Strata.Games.Chess;
using Strata.Games.Go;
using Strata.Games.Players;
using Strata.Games.Protocols;
using Strata.Games.Shogi;

namespace Strata.Games.Tests.Protocols;

/// <summary>Players at the other end of a pipe: our own engines, and stand-ins that misbehave.</summary>
public sealed class OutsidePlayerTests
{
    static EngineConnection Connect(Action<TextReader, TextWriter> engine, double patience = 10)
    {
        var (down, up) = (new AnonymousPipeServerStream(PipeDirection.Out), new AnonymousPipeServerStream(PipeDirection.In));
        var (input, output) = (new AnonymousPipeClientStream(PipeDirection.In, down.ClientSafePipeHandle), new AnonymousPipeClientStream(PipeDirection.Out, up.ClientSafePipeHandle));
        new Thread(() =>
        {
            using var reader = new StreamReader(input);
            using var writer = new StreamWriter(output) { AutoFlush = true };
            engine(reader, writer);
        }) { IsBackground = true }.Start();
        return new EngineConnection("peer", new StreamReader(up), new StreamWriter(down), TimeSpan.FromSeconds(patience));
    }

    /// <summary>Answers each line it knows, and is silent otherwise.</summary>
    static Action<TextReader, TextWriter> Script(params (string Heard, string Said)[] lines) => (reader, writer) =>
    {
        while (reader.ReadLine() is { } line)
            foreach (var (heard, said) in lines)
                if (line.StartsWith(heard, StringComparison.Ordinal)) writer.Write(said + "\n");
    };

    static void Fails(string part, Action act) => Assert.Contains(part, Assert.Throws<EngineException>(act).Message);

    [Fact]
    public void A_chess_engine_plays_both_sides_of_a_legal_game()
    {
        using var connection = Connect((reader, writer) => new UciEngine().Run(reader, writer));
        var player = UniversalPlayer.Chess(connection);
        Assert.Equal("Strata alpha-beta", player.Name);
        var game = ChessGame.FromFen("4k3/8/8/8/8/8/8/QR2K3 w - - 0 1");
        while (!game.IsTerminal && game.Ply < 60) game.Apply(player.Choose(game, new SearchLimits(Depth: 3), null, CancellationToken.None));
        Assert.Equal(ChessEnding.Checkmate, game.Ending);
    }

    [Fact]
    public void A_shogi_engine_and_a_go_engine_play()
    {
        using var shogi = Connect((reader, writer) => new UsiEngine().Run(reader, writer));
        var game = new ShogiGame();
        for (var i = 0; i < 4; i++) game.Apply(UniversalPlayer.Shogi(shogi).Choose(game, new SearchLimits(Depth: 1), null, CancellationToken.None));
        using var go = Connect((reader, writer) => new GtpEngine(limits: new SearchLimits(Nodes: 20)).Run(reader, writer));
        var player = new GtpPlayer(go);
        var board = GoGame.SetUp(5, [12], [], player: 1);
        while (!board.IsTerminal && board.Ply < 75) board.Apply(player.Choose(board, default, null, CancellationToken.None));
        Assert.True(board.IsTerminal);
    }

    [Fact]
    public void An_endless_search_is_stopped_by_the_signal()
    {
        using var connection = Connect((reader, writer) => new UciEngine().Run(reader, writer));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var move = UniversalPlayer.Chess(connection).Choose(new ChessGame(), default, null, stop.Token);
        Assert.Contains(move, new ChessGame().LegalMoves());
    }

    [Fact]
    public void A_peer_that_hangs_dies_or_cheats_is_named()
    {
        (string, string)[] hello = [("uci", "uciok"), ("isready", "readyok")];
        Fails("peer: no uciok within 0.1 s", () => UniversalPlayer.Chess(Connect(Script(), patience: 0.1)));
        Fails("peer: no uciok within 0.1 s", () => UniversalPlayer.Chess(Connect((_, writer) =>
        {
            while (true) writer.Write("info string I never stop\n");
        }, patience: 0.1)));
        Fails("peer: ended", () => UniversalPlayer.Chess(Connect((_, _) => { })));
        Fails("peer: 'bestmove e2e5' names no legal move", () => Choose(Connect(Script([.. hello, ("go", "bestmove e2e5")]))));
        Fails("peer: 'bestmove' names no legal move", () => Choose(Connect(Script([.. hello, ("go", "bestmove")]))));
        Fails("peer: no bestmove within", () => Choose(Connect(Script(hello), patience: 0.3)));
        Fails("peer: answers 'name' with '? no'", () => _ = new GtpPlayer(Connect(Script(("name", "? no\n")))));
        Fails("peer: 'Z99' is not a legal move", () => new GtpPlayer(Connect(Script(("genmove", "= Z99\n"), ("", "= \n"))))
            .Choose(new GoGame(5), default, null, CancellationToken.None));
        Fails("no-such-engine: cannot be started", () => EngineConnection.Start("no-such-engine"));

        static void Choose(EngineConnection engine) => UniversalPlayer.Chess(engine).Choose(new ChessGame(), new SearchLimits(Depth: 1), null, CancellationToken.None);
    }
}
