namespace Strata.Games.Shogi;

/// <summary>A shogi move in 16 bits: a piece from square to square, perhaps promoting, or a drop. Squares run rank by rank from the top
/// (rank a) and left to right (from the highest file): on 9×9, 0 is 9a and 80 is 1i.</summary>
public readonly record struct ShogiMove
{
    const int PromotionBit = 1 << 14, DropBit = 1 << 15;

    readonly ushort bits;

    internal ShogiMove(int from, int to, bool promotes) => bits = (ushort)(to | (from << 7) | (promotes ? PromotionBit : 0));

    internal ShogiMove(ShogiPiece drop, int to) => bits = (ushort)(to | ((int)drop << 7) | DropBit);

    /// <summary>The square the piece goes to.</summary>
    public int To => bits & 127;

    /// <summary>Whether a piece from the hand is dropped.</summary>
    public bool IsDrop => (bits & DropBit) != 0;

    /// <summary>The square the piece leaves; without meaning for a drop.</summary>
    public int From => (bits >> 7) & 127;

    /// <summary>The piece dropped; <see cref="ShogiPiece.None"/> for a move on the board.</summary>
    public ShogiPiece Drop => IsDrop ? (ShogiPiece)((bits >> 7) & 127) : ShogiPiece.None;

    /// <summary>Whether the piece promotes.</summary>
    public bool Promotes => (bits & PromotionBit) != 0;
}
