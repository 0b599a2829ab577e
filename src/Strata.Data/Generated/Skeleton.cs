using System.Collections.Immutable;

namespace Strata.Data;

/// <summary>The ten digits as strokes in the unit square, x to the right and y down: the model that <see cref="Glyph"/> draws.</summary>
static class Skeleton
{
    /// <summary>The points of each digit, stroke after stroke.</summary>
    public static ImmutableArray<ImmutableArray<Stroke>> Digits { get; } =
    [
        [Ring(14, .5f, .5f, .27f, .38f)],
        [Open((.35f, .28f), (.52f, .12f), (.52f, .88f))],
        [Open((.25f, .3f), (.32f, .16f), (.5f, .11f), (.68f, .18f), (.72f, .34f), (.6f, .52f), (.25f, .88f), (.76f, .88f))],
        [Open((.27f, .18f), (.5f, .11f), (.7f, .2f), (.7f, .36f), (.48f, .47f), (.72f, .58f), (.74f, .77f), (.5f, .89f), (.25f, .8f))],
        [Open((.62f, .88f), (.62f, .12f), (.22f, .62f), (.8f, .62f))],
        [Open((.72f, .12f), (.33f, .12f), (.29f, .46f), (.52f, .41f), (.73f, .53f), (.73f, .76f), (.5f, .89f), (.26f, .8f))],
        [Open(six)],
        [Open((.24f, .13f), (.76f, .13f), (.44f, .88f))],
        [Ring(12, .5f, .3f, .19f, .18f), Ring(12, .5f, .69f, .23f, .2f)],
        [Open([.. six.Select(p => (1 - p.X, 1 - p.Y))])], // a 6 turned by 180°
    ];

    static (float X, float Y)[] six => [(.66f, .13f), (.42f, .28f), (.29f, .55f), (.33f, .8f), (.52f, .89f), (.71f, .78f), (.71f, .6f), (.52f, .5f), (.32f, .6f)];

    /// <summary>Points joined by lines; the last is joined to the first if the stroke is closed.</summary>
    public sealed record Stroke(ImmutableArray<(float X, float Y)> Points, bool Closed);

    static Stroke Open(params (float X, float Y)[] points) => new([.. points], Closed: false);

    static Stroke Ring(int corners, float x, float y, float radiusX, float radiusY) => new(
        [.. Enumerable.Range(0, corners).Select(i => (x + radiusX * MathF.Cos(i * MathF.Tau / corners), y + radiusY * MathF.Sin(i * MathF.Tau / corners)))],
        Closed: true);
}
