using System.Numerics;
using Strata.Games.Players;

namespace Strata.Games.Chess;

/// <summary>Material with a small bonus for pieces near the center, pawns far ahead, and a castled king.</summary>
public sealed class ChessHeuristic : IHeuristic<ChessGame, ChessMove>
{
    // By ChessPiece; the usual hundredths of a pawn.
    static readonly int[] worth = [0, 100, 320, 330, 500, 900, 0];

    // How much one step toward the center is worth, and how much one rank ahead is.
    static readonly int[] center = [0, 3, 8, 5, 1, 1, 0], ahead = [0, 4, 2, 0, 1, 0, 0];

    /// <inheritdoc/>
    public int Evaluate(ChessGame game)
    {
        ArgumentNullException.ThrowIfNull(game);
        var score = Side(game, game.Player) - Side(game, game.Player ^ 1);
        return Math.Clamp(score, -20_000, 20_000);
    }

    /// <inheritdoc/>
    /// <remarks>The most valuable victim first, taken by the least valuable piece; a capture that cannot lose material always counts.</remarks>
    public int Priority(ChessGame game, ChessMove move)
    {
        ArgumentNullException.ThrowIfNull(game);
        var victim = move.IsEnPassant ? ChessPiece.Pawn : game.PieceAt(move.To);
        var gain = worth[(int)victim] + (move.Promotion == ChessPiece.None ? 0 : worth[(int)move.Promotion] - 100);
        if (gain > 0) return 1000 + 8 * gain - worth[(int)game.PieceAt(move.From)];
        return -Distance(move.To, game.Variant.Size);
    }

    /// <inheritdoc/>
    public bool IsThreatened(ChessGame game) => game.IsCheck;

    static int Side(ChessGame game, int color)
    {
        var (score, size) = (0, game.Variant.Size);
        for (var piece = ChessPiece.Pawn; piece < ChessPiece.King; piece++)
        {
            for (var set = game.Pieces(color, piece); set != 0; set &= set - 1)
            {
                var square = BitOperations.TrailingZeroCount(set);
                var rank = color == 0 ? square >> 3 : size - 1 - (square >> 3);
                score += worth[(int)piece] - center[(int)piece] * Distance(square, size) + ahead[(int)piece] * rank;
            }
        }

        // A king seeks the edge while the other side has a queen, the center afterwards.
        var king = Distance(game.KingSquare(color), size);
        return score + (game.Pieces(color ^ 1, ChessPiece.Queen) != 0 ? 8 : -8) * king;
    }

    /// <summary>Steps from the center, 0 … 6 on 8×8.</summary>
    static int Distance(int square, int size) => (Math.Abs(2 * (square & 7) - size + 1) + Math.Abs(2 * (square >> 3) - size + 1) - 2) / 2;
}
