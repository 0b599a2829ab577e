using Strata.Games.Chess;
using Strata.Games.Shogi;

namespace Strata.Games.Protocols;

/// <summary>Outside engines as players.</summary>
public static class UniversalPlayer
{
    /// <summary>A chess engine that speaks UCI, such as Stockfish.</summary>
    /// <exception cref="EngineException">The engine does not answer.</exception>
    public static UniversalPlayer<ChessMove> Chess(EngineConnection engine, IReadOnlyDictionary<string, string>? options = null) => new(
        engine, "uci", game => Position("fen", (ChessGame)game, ((ChessGame)game).Moves, start => ((ChessGame)start).ToFen()), options);

    /// <summary>A shogi engine that speaks USI.</summary>
    /// <exception cref="EngineException">The engine does not answer.</exception>
    public static UniversalPlayer<ShogiMove> Shogi(EngineConnection engine, IReadOnlyDictionary<string, string>? options = null) => new(
        engine, "usi", game => Position("sfen", (ShogiGame)game, ((ShogiGame)game).Moves, start => ((ShogiGame)start).ToSfen()), options);

    /// <summary>The position a game began from and its moves, so that the engine sees repetitions.</summary>
    static string Position<TMove>(string record, IGame<TMove> game, IEnumerable<TMove> moves, Func<IGame<TMove>, string> write)
        where TMove : unmanaged, IEquatable<TMove>
    {
        var start = game.Clone();
        while (start.Ply > 0) start.Undo();
        var text = $"{record} {write(start)}";
        return game.Ply == 0 ? text : $"{text} moves {string.Join(' ', moves.Select(game.Format))}";
    }
}
