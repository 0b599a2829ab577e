using Strata.Games.Go;
using Strata.Games.InARow;

namespace Strata.Gallery.Games;

/// <summary>Draws positions: [height, width, 3] in [0, 1].</summary>
internal static class BoardPicture
{
    const int Cell = 12;
    const double Radius = 4.6;

    static readonly float[] blue = [0.16f, 0.32f, 0.62f], hole = [0.93f, 0.94f, 0.96f], red = [0.82f, 0.18f, 0.18f], yellow = [0.95f, 0.80f, 0.20f];
    static readonly float[] wood = [0.87f, 0.72f, 0.47f], line = [0.55f, 0.43f, 0.26f], black = [0.08f, 0.08f, 0.08f], white = [0.98f, 0.98f, 0.98f];

    public static Tensor Of(ConnectFourGame game)
    {
        var rows = game.ToString().Split('\n');
        return Draw(game.Rows, game.Columns, (y, x, inside, _) => !inside ? blue : rows[y][x] switch { 'x' => red, 'o' => yellow, _ => hole });
    }

    public static Tensor Of(GoGame game) => Draw(game.Size, game.Size, (y, x, inside, cross) =>
    {
        var color = game.ColorAt((game.Size - 1 - y) * game.Size + x);
        return inside && color >= 0 ? (color == 0 ? black : white) : cross ? line : wood;
    });

    /// <summary>Asks for the color of each pixel: row and column of its square, whether it is in the disc, whether on the lines.</summary>
    static Tensor Draw(int rows, int columns, Func<int, int, bool, bool, float[]> color)
    {
        var pixels = new float[rows * Cell * columns * Cell * 3];
        for (var i = 0; i < pixels.Length / 3; i++)
        {
            int y = i / (columns * Cell), x = i % (columns * Cell);
            double dy = y % Cell - (Cell - 1) / 2.0, dx = x % Cell - (Cell - 1) / 2.0;
            color(y / Cell, x / Cell, dy * dy + dx * dx < Radius * Radius, Math.Abs(dy) < 1 || Math.Abs(dx) < 1).CopyTo(pixels, 3 * i);
        }

        return Tensor.From(pixels, [rows * Cell, columns * Cell, 3]);
    }
}
