namespace Strata.Games.Players;

/// <summary>What alpha-beta search needs to know of a game beyond its rules.</summary>
public interface IHeuristic<TGame, TMove>
    where TGame : IGame<TMove>
    where TMove : unmanaged, IEquatable<TMove>
{
    /// <summary>The worth of a position to the player to move, in hundredths of a pawn, without look-ahead; within ±20,000.</summary>
    int Evaluate(TGame game);

    /// <summary>How promising a legal move looks, before it is played: the search tries the highest first. A positive value marks a
    /// capture or promotion, which the search follows until the position is quiet.</summary>
    int Priority(TGame game, TMove move);

    /// <summary>Whether the player to move is under a threat that a quiet evaluation cannot ignore (check).</summary>
    bool IsThreatened(TGame game);
}
