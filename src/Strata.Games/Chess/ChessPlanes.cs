using System.Numerics;

namespace Strata.Games.Chess;

/// <summary>AlphaZero's input for chess (Silver et al. 2017, table S1): for each of the last eight positions, newest first, six planes of own
/// pieces, six of the other side's and two for a first and second repetition; then color, move number, castling rights of either side (king's
/// side first) and moves without progress. Ranks are counted from the mover's side; counters are in hundreds.</summary>
static class ChessPlanes
{
    const int Steps = 8, PerStep = 14;
    public const int Count = Steps * PerStep + 7;

    public static void Write(ChessGame game, Span<float> planes)
    {
        var writer = new PlaneWriter(game, planes);
        var mover = game.Player;
        Span<ChessMove> undone = stackalloc ChessMove[Steps];
        var steps = 0;
        for (; ; steps++)
        {
            WriteStep(game, mover, writer, steps * PerStep);
            if (steps == Steps - 1 || game.Ply == 0) break;
            undone[steps] = game.LastMove;
            game.Undo();
        }

        while (steps > 0) game.Apply(undone[--steps]);
        const int last = Steps * PerStep;
        writer.Fill(last, mover);
        writer.Fill(last + 1, game.Fullmove / 100f);
        for (var i = 0; i < 4; i++) writer.Fill(last + 2 + i, game.Castling >> (mover == 0 ? i : i ^ 2) & 1);
        writer.Fill(last + 6, game.Halfmoves / 100f);
    }

    static void WriteStep(ChessGame game, int mover, PlaneWriter writer, int plane)
    {
        var size = game.Variant.Size;
        for (var side = 0; side < 2; side++)
        {
            for (var piece = ChessPiece.Pawn; piece <= ChessPiece.King; piece++, plane++)
            {
                for (var set = game.Pieces(mover ^ side, piece); set != 0; set &= set - 1)
                {
                    var square = BitOperations.TrailingZeroCount(set);
                    var rank = mover == 0 ? square >> 3 : size - 1 - (square >> 3);
                    writer.Set(rank * size + (square & 7), plane);
                }
            }
        }

        var repetitions = game.Repetitions;
        if (repetitions >= 2) writer.Fill(plane, 1);
        if (repetitions >= 3) writer.Fill(plane + 1, 1);
    }
}
