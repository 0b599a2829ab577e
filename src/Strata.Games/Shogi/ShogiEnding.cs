namespace Strata.Games.Shogi;

/// <summary>How a game of shogi ended.</summary>
public enum ShogiEnding
{
    /// <summary>It goes on.</summary>
    None,

    /// <summary>The player to move has no legal move, in check or not, and loses.</summary>
    NoMoves,

    /// <summary>The position with the same player to move occurred for the fourth time (sennichite): drawn; in minishogi lost for the
    /// player who moved first.</summary>
    Repetition,

    /// <summary>As <see cref="Repetition"/>, but every move of one player since the first occurrence gave check: that player loses.</summary>
    PerpetualCheck,
}
