using Strata.Games.Players;

namespace Strata.Games.Shogi;

/// <summary>Material on the board and in hand, pieces ahead, and generals near the own king.</summary>
public sealed class ShogiHeuristic : IHeuristic<ShogiGame, ShogiMove>
{
    // By ShogiPiece, hundredths of a pawn: pawn, lance, knight, silver, bishop, rook, gold, king, and the promoted kinds.
    static readonly int[] worth = [0, 100, 300, 350, 500, 800, 1000, 550, 0, 500, 500, 500, 530, 1100, 1300];

    /// <inheritdoc/>
    public int Evaluate(ShogiGame game)
    {
        ArgumentNullException.ThrowIfNull(game);
        var score = Side(game, game.Player) - Side(game, game.Player ^ 1);
        return Math.Clamp(score, -20_000, 20_000);
    }

    /// <inheritdoc/>
    public int Priority(ShogiGame game, ShogiMove move)
    {
        ArgumentNullException.ThrowIfNull(game);
        if (move.IsDrop) return -10 - Distance(game, move.To, game.KingSquare(game.Player ^ 1));
        var piece = (int)game.PieceAt(move.From);
        var victim = (int)game.PieceAt(move.To);
        var gain = worth[victim] + (move.Promotes ? worth[piece + 8] - worth[piece] : 0);
        return gain > 50 ? 1000 + 8 * gain - worth[piece] : -Distance(game, move.To, game.KingSquare(game.Player ^ 1));
    }

    /// <inheritdoc/>
    public bool IsThreatened(ShogiGame game) => game.IsCheck;

    static int Side(ShogiGame game, int color)
    {
        var (score, size) = (0, game.Variant.Size);
        for (var set = game.Occupied(color); !set.IsEmpty; set = set.WithoutFirst)
        {
            var square = set.First;
            var piece = game.PieceAt(square);
            score += worth[(int)piece] + 2 * (color == 0 ? size - 1 - square / size : square / size);
            if (piece is ShogiPiece.Gold or ShogiPiece.Silver) score -= 4 * Distance(game, square, game.KingSquare(color));
        }

        // A piece in hand can come in anywhere: worth a little more than on the board.
        for (var piece = ShogiPiece.Pawn; piece <= ShogiPiece.Gold; piece++) score += game.InHand(color, piece) * worth[(int)piece] * 11 / 10;
        return score;
    }

    static int Distance(ShogiGame game, int a, int b)
    {
        var size = game.Variant.Size;
        return Math.Max(Math.Abs(a % size - b % size), Math.Abs(a / size - b / size));
    }
}
