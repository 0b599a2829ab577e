namespace Strata.Games.Chess;

/// <summary>The kinds of chess pieces.</summary>
public enum ChessPiece : byte
{
    /// <summary>An empty square.</summary>
    None,

    /// <summary>Pawn, P.</summary>
    Pawn,

    /// <summary>Knight, N.</summary>
    Knight,

    /// <summary>Bishop, B.</summary>
    Bishop,

    /// <summary>Rook, R.</summary>
    Rook,

    /// <summary>Queen, Q.</summary>
    Queen,

    /// <summary>King, K.</summary>
    King,
}
