namespace Strata.Games.Chess;

/// <summary>How a game of chess ended.</summary>
public enum ChessEnding
{
    /// <summary>It goes on.</summary>
    None,

    /// <summary>The player to move is in check and has no move: lost.</summary>
    Checkmate,

    /// <summary>The player to move has no move and is not in check: drawn.</summary>
    Stalemate,

    /// <summary>Neither side can ever mate: kings alone, with one knight or bishop, or with bishops all on squares of one color.</summary>
    InsufficientMaterial,

    /// <summary>The position occurred for the third time (claimed) or the fifth (without a claim): drawn.</summary>
    Repetition,

    /// <summary>50 (claimed) or 75 (without a claim) moves of each side without capture or pawn move: drawn.</summary>
    MoveRule,
}
