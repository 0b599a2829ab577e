namespace Strata.Games;

/// <summary>What follows from <see cref="IGame{TMove}"/> alone.</summary>
public static class GameMoves
{
    /// <summary>The legal moves as a new array.</summary>
    public static TMove[] LegalMoves<TMove>(this IGame<TMove> game)
        where TMove : unmanaged, IEquatable<TMove>
    {
        var moves = new TMove[game.MaxMoves];
        return moves[..game.LegalMoves(moves)];
    }

    /// <summary>Plays a move given as the game's protocol writes it.</summary>
    /// <exception cref="FormatException">It is malformed or not legal here.</exception>
    public static void Play<TMove>(this IGame<TMove> game, string text)
        where TMove : unmanaged, IEquatable<TMove>
    {
        if (!game.TryParse(text, out var move)) throw new FormatException($"Play: '{Quote.Short(text)}' is not a legal move here.");
        game.Apply(move);
    }

    /// <summary>Finds the legal move that <see cref="IGame{TMove}.Format"/> writes as <paramref name="text"/>, ignoring case.</summary>
    internal static bool Find<TMove>(IGame<TMove> game, ReadOnlySpan<char> text, out TMove move)
        where TMove : unmanaged, IEquatable<TMove>
    {
        foreach (var candidate in game.LegalMoves())
        {
            if (!text.Equals(game.Format(candidate), StringComparison.OrdinalIgnoreCase)) continue;
            move = candidate;
            return true;
        }

        move = default;
        return false;
    }
}
