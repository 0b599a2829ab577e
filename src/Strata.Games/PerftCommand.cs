using System.Globalization;
using Strata.Games.Chess;
using Strata.Games.Go;
using Strata.Games.InARow;
using Strata.Games.Shogi;

namespace Strata.Games;

/// <summary>The console's <c>perft</c>: a line with the count of each move, then <c>nodes N</c>.</summary>
public static class PerftCommand
{
    /// <summary>The games it knows.</summary>
    public static IReadOnlyList<string> Games { get; } = ["chess", "gardner", "shogi", "minishogi", "go", "connect-four", "tic-tac-toe"];

    /// <summary>Counts in a game given by name.</summary>
    /// <param name="game">One of <see cref="Games"/>.</param>
    /// <param name="position">The start position if null. Chess: FEN. Shogi: SFEN. Go: a size, or SGF. Connect Four: the columns played
    /// (<c>4453</c>). Tic-tac-toe: nine characters <c>x o .</c>.</param>
    /// <param name="depth">Plies, at least 1.</param>
    /// <param name="output">Where the counts go.</param>
    /// <exception cref="FormatException">There is no such game or position.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="depth"/> is less than 1.</exception>
    public static void Run(string game, string? position, int depth, TextWriter output)
    {
        switch (game)
        {
            case "chess":
                Run(ChessGame.FromFen(position ?? ChessVariant.Standard.Start), depth, output);
                break;
            case "gardner":
                Run(ChessGame.FromFen(position ?? ChessVariant.Gardner.Start, ChessVariant.Gardner), depth, output);
                break;
            case "shogi":
                Run(ShogiGame.FromSfen(position ?? ShogiVariant.Standard.Start), depth, output);
                break;
            case "minishogi":
                Run(ShogiGame.FromSfen(position ?? ShogiVariant.Mini.Start, ShogiVariant.Mini), depth, output);
                break;
            case "go":
                Run(ReadGo(position), depth, output);
                break;
            case "connect-four":
                Run(ConnectFourGame.FromText(position ?? ""), depth, output);
                break;
            case "tic-tac-toe":
                Run(TicTacToeGame.FromText(position ?? "........."), depth, output);
                break;
            default:
                throw new FormatException($"perft: there is no game '{Quote.Short(game)}'; there are {string.Join(", ", Games)}.");
        }
    }

    /// <summary>Counts in any game.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="depth"/> is less than 1.</exception>
    public static void Run<TMove>(IGame<TMove> game, int depth, TextWriter output)
        where TMove : unmanaged, IEquatable<TMove>
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(output);
        var total = 0L;
        foreach (var (move, nodes) in Perft.Divide(game, depth))
        {
            total += nodes;
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{game.Format(move)}: {nodes}\n"));
        }

        output.Write(string.Create(CultureInfo.InvariantCulture, $"nodes {total}\n"));
    }

    static GoGame ReadGo(string? position)
    {
        if (position is null) return new GoGame();
        if (!int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var size)) return Sgf.Read(position, GoRules.TrompTaylor);
        return size is >= 1 and <= GoGame.MaxSize ? new GoGame(size) : throw new FormatException($"perft: a board of Go has size 1 … {GoGame.MaxSize}, not {size}.");
    }
}
