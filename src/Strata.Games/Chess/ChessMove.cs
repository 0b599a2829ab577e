namespace Strata.Games.Chess;

/// <summary>A chess move in 16 bits: from-square, to-square (0 = a1, 7 = h1, 63 = h8) and kind. Castling is the king's move of two squares.</summary>
public readonly record struct ChessMove
{
    internal enum Kind
    {
        Plain = 0,
        DoubleStep = 1,
        EnPassant = 2,
        Castling = 3,
        Promotion = 4, // + 0 knight, 1 bishop, 2 rook, 3 queen
    }

    readonly ushort bits;

    internal ChessMove(int from, int to, Kind kind = Kind.Plain) => bits = (ushort)(from | (to << 6) | ((int)kind << 12));

    internal static ChessMove Promote(int from, int to, ChessPiece piece) =>
        new(from, to, Kind.Promotion + (piece - ChessPiece.Knight));

    /// <summary>The square the piece leaves, 0 … 63.</summary>
    public int From => bits & 63;

    /// <summary>The square the piece goes to, 0 … 63.</summary>
    public int To => (bits >> 6) & 63;

    internal Kind Type => (Kind)(bits >> 12);

    /// <summary>What a pawn becomes, or <see cref="ChessPiece.None"/>.</summary>
    public ChessPiece Promotion => bits >> 12 < 4 ? ChessPiece.None : (ChessPiece)((bits >> 12) - 4 + (int)ChessPiece.Knight);

    /// <summary>Whether the king castles.</summary>
    public bool IsCastling => Type == Kind.Castling;

    /// <summary>Whether a pawn takes en passant.</summary>
    public bool IsEnPassant => Type == Kind.EnPassant;

    /// <summary>The move in UCI's notation: <c>e2e4</c>, <c>e7e8q</c>, <c>e1g1</c>.</summary>
    public override string ToString() => Promotion == ChessPiece.None
        ? $"{Squares.Name(From)}{Squares.Name(To)}"
        : $"{Squares.Name(From)}{Squares.Name(To)}{" pnbrqk"[(int)Promotion]}";
}
