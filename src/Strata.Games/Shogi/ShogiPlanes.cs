namespace Strata.Games.Shogi;

/// <summary>AlphaZero's input for shogi (Silver et al. 2017, table S1): for each of the last eight positions, newest first, 14 planes of own
/// pieces, 14 of the other side's, three for a first, second and third repetition, seven counts of each hand; then color and move number. The board
/// is turned so that the mover plays up it; counts of pieces are as they are, the move number is in hundreds.</summary>
static class ShogiPlanes
{
    const int Steps = 8, Pieces = 14, Held = 7, Repeats = 3, PerStep = 2 * Pieces + Repeats + 2 * Held;
    public const int Count = Steps * PerStep + 2;

    public static void Write(ShogiGame game, Span<float> planes)
    {
        var writer = new PlaneWriter(game, planes);
        var mover = game.Player;
        Span<ShogiMove> undone = stackalloc ShogiMove[Steps];
        var steps = 0;
        for (; ; steps++)
        {
            WriteStep(game, mover, writer, steps * PerStep);
            if (steps == Steps - 1 || game.Ply == 0) break;
            undone[steps] = game.LastMove;
            game.Undo();
        }

        while (steps > 0) game.Apply(undone[--steps]);
        writer.Fill(Steps * PerStep, mover);
        writer.Fill(Steps * PerStep + 1, game.MoveNumber / 100f);
    }

    static void WriteStep(ShogiGame game, int mover, PlaneWriter writer, int plane)
    {
        var last = game.Variant.Size * game.Variant.Size - 1;
        for (var side = 0; side < 2; side++)
        {
            for (var set = game.Occupied(mover ^ side); !set.IsEmpty; set = set.WithoutFirst)
            {
                var square = set.First;
                writer.Set(mover == 0 ? square : last - square, plane + side * Pieces + (int)game.PieceAt(square) - 1);
            }
        }

        plane += 2 * Pieces;
        var repetitions = game.Repetitions;
        for (var i = 0; i < Repeats; i++)
            if (repetitions >= i + 2) writer.Fill(plane + i, 1);
        plane += Repeats;
        for (var side = 0; side < 2; side++)
            for (var piece = ShogiPiece.Pawn; piece <= ShogiPiece.Gold; piece++, plane++) writer.Fill(plane, game.InHand(mover ^ side, piece));
    }
}
