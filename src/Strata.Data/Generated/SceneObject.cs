using Strata.Formats.Images;

namespace Strata.Data;

/// <summary>What an object of <see cref="ShapeScenes"/> looks like.</summary>
public enum ShapeKind
{
    /// <summary>A disk.</summary>
    Circle,

    /// <summary>An upright square.</summary>
    Square,

    /// <summary>A triangle that stands on its base.</summary>
    Triangle,

    /// <summary>A cross of two bars.</summary>
    Plus,

    /// <summary>A disk with a hole.</summary>
    Ring,
}

/// <summary>The colors of objects in <see cref="ShapeScenes"/>.</summary>
public enum ShapeColor
{
    /// <summary>(.9, .15, .15).</summary>
    Red,

    /// <summary>(.15, .75, .2).</summary>
    Green,

    /// <summary>(.2, .3, .95).</summary>
    Blue,

    /// <summary>(.95, .85, .15).</summary>
    Yellow,

    /// <summary>(.8, .2, .85).</summary>
    Purple,

    /// <summary>(.1, .8, .85).</summary>
    Cyan,
}

/// <summary>One object of a scene.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Color">Its color.</param>
/// <param name="X">The column of its center, in pixels from the left edge.</param>
/// <param name="Y">The row of its center, in pixels from the top edge.</param>
/// <param name="Radius">Half of its extent, in pixels.</param>
/// <param name="Bounds">The pixels that it covers by more than half.</param>
public sealed record SceneObject(ShapeKind Kind, ShapeColor Color, double X, double Y, double Radius, PixelBox Bounds)
{
    static readonly (float R, float G, float B)[] colors = [(.9f, .15f, .15f), (.15f, .75f, .2f), (.2f, .3f, .95f), (.95f, .85f, .15f), (.8f, .2f, .85f), (.1f, .8f, .85f)];

    /// <summary>How much of the pixel at a row and a column it covers, in [0, 1].</summary>
    public double Coverage(int row, int column) => Math.Clamp(Distance(Kind, Radius, column + .5 - X, row + .5 - Y) + .5, 0, 1);

    internal (float R, float G, float B) Rgb => colors[(int)Color];

    internal static PixelBox BoundsOf(ShapeKind kind, double x, double y, double radius)
    {
        PixelBox? bounds = null;
        for (var row = (int)(y - radius) - 1; row <= y + radius + 1; row++)
            for (var column = (int)(x - radius) - 1; column <= x + radius + 1; column++)
                if (Distance(kind, radius, column + .5 - x, row + .5 - y) > 0)
                    bounds = bounds is { } b
                        ? new(Math.Min(b.Left, column), b.Top, Math.Max(b.Right, column + 1), row + 1)
                        : new(column, row, column + 1, row + 1);
        return bounds ?? default;
    }

    // The distance to the edge, positive inside; y grows downwards.
    static double Distance(ShapeKind kind, double r, double dx, double dy) => kind switch
    {
        ShapeKind.Circle => r - Math.Sqrt((dx * dx) + (dy * dy)),
        ShapeKind.Square => (.88 * r) - Math.Max(Math.Abs(dx), Math.Abs(dy)),
        ShapeKind.Triangle => Math.Min((.55 * r) - dy, Math.Min(r - (1.9 * dx) + dy, r + (1.9 * dx) + dy) / 2.15),
        ShapeKind.Plus => Math.Max(Math.Min((.95 * r) - Math.Abs(dx), (.32 * r) - Math.Abs(dy)), Math.Min((.32 * r) - Math.Abs(dx), (.95 * r) - Math.Abs(dy))),
        _ => Math.Min(r - Math.Sqrt((dx * dx) + (dy * dy)), Math.Sqrt((dx * dx) + (dy * dy)) - (.55 * r)),
    };
}
