namespace Strata.Games.Players;

/// <summary>Plays games out to judge a position.</summary>
public interface IPlayout<TMove>
    where TMove : unmanaged, IEquatable<TMove>
{
    /// <summary>Whether a legal move is worth a trial at all.</summary>
    bool IsSensible(IGame<TMove> game, TMove move);

    /// <summary>Plays the game to its end, or as far as is useful, and returns what it is worth to a player, −1 … 1. The game is used up.</summary>
    double Run(IGame<TMove> game, int player, Random random);
}
