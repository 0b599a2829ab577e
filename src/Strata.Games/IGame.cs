namespace Strata.Games;

/// <summary>A game for two players with perfect information, in play: a position together with the moves that led to it.
/// Search and learning need to know nothing else of a game.</summary>
/// <typeparam name="TMove">A small value; what its bits mean is the game's own affair.</typeparam>
public interface IGame<TMove>
    where TMove : unmanaged, IEquatable<TMove>
{
    /// <summary>Whose turn it is: 0 is the player who moves first in the game's start position, 1 the other.</summary>
    int Player { get; }

    /// <summary>How many moves were applied to the position this game was made from and not undone.</summary>
    int Ply { get; }

    /// <summary>Whether the game is over.</summary>
    bool IsTerminal { get; }

    /// <summary>What the game is worth to <paramref name="player"/> (0 or 1): 1 won, −1 lost, 0 drawn or not over. The two returns sum to 0.</summary>
    double Return(int player);

    /// <summary>An upper bound of the number of legal moves in any position: the size of the buffer <see cref="LegalMoves"/> needs.</summary>
    int MaxMoves { get; }

    /// <summary>Writes the moves that may be played now and returns how many there are. A game that ended by a rule on its course
    /// (repetition, a move count, too little material) still lists the moves of its position, as perft counts expect.</summary>
    /// <param name="moves">Room for <see cref="MaxMoves"/> moves.</param>
    int LegalMoves(Span<TMove> moves);

    /// <summary>Plays a move that <see cref="LegalMoves"/> lists. Legality is not checked here: moves from outside come
    /// through <see cref="TryParse"/>.</summary>
    void Apply(TMove move);

    /// <summary>Takes back the last move applied.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Ply"/> is 0.</exception>
    void Undo();

    /// <summary>A 64-bit key of the position, equal for positions with the same pieces, player to move and rights.</summary>
    ulong Hash { get; }

    /// <summary>A copy that shares nothing with this game, its history included.</summary>
    IGame<TMove> Clone();

    /// <summary>A move as the game's protocol writes it (UCI, USI, GTP).</summary>
    string Format(TMove move);

    /// <summary>Reads a move as the game's protocol writes it; false if it is malformed or not legal in this position.</summary>
    bool TryParse(ReadOnlySpan<char> text, out TMove move);

    /// <summary>The size of a policy over all moves of the game.</summary>
    int ActionCount { get; }

    /// <summary>The index of a legal move in that policy, 0 … <see cref="ActionCount"/> − 1, different for each move of a position.</summary>
    int ActionOf(TMove move);
}
