namespace Strata.Games.Shogi;

/// <summary>The kinds of shogi pieces. A promoted kind is its base plus 8.</summary>
public enum ShogiPiece : byte
{
    /// <summary>An empty square.</summary>
    None = 0,

    /// <summary>Pawn, P.</summary>
    Pawn = 1,

    /// <summary>Lance, L.</summary>
    Lance = 2,

    /// <summary>Knight, N.</summary>
    Knight = 3,

    /// <summary>Silver general, S.</summary>
    Silver = 4,

    /// <summary>Bishop, B.</summary>
    Bishop = 5,

    /// <summary>Rook, R.</summary>
    Rook = 6,

    /// <summary>Gold general, G: the last kind that can be held in hand.</summary>
    Gold = 7,

    /// <summary>King, K.</summary>
    King = 8,

    /// <summary>Promoted pawn (tokin), +P.</summary>
    PromotedPawn = 9,

    /// <summary>Promoted lance, +L.</summary>
    PromotedLance = 10,

    /// <summary>Promoted knight, +N.</summary>
    PromotedKnight = 11,

    /// <summary>Promoted silver, +S.</summary>
    PromotedSilver = 12,

    /// <summary>Promoted bishop (horse), +B.</summary>
    Horse = 13,

    /// <summary>Promoted rook (dragon), +R.</summary>
    Dragon = 14,
}
