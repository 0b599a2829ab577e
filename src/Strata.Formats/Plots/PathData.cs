using System.Text;

namespace Strata.Formats.Plots;

/// <summary>The data of SVG paths.</summary>
static class PathData
{
    /// <summary>A line through the points, broken where a coordinate is NaN. A lone point becomes a segment without length, which round
    /// caps show as a dot.</summary>
    public static string Line(IReadOnlyList<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        for (var i = 0; i < points.Count; i++)
        {
            if (IsGap(points[i])) continue;
            var starts = i == 0 || IsGap(points[i - 1]);
            Append(path, starts ? 'M' : 'L', points[i]);
            if (starts && (i + 1 == points.Count || IsGap(points[i + 1]))) path.Append("h0");
        }

        return path.ToString();
    }

    /// <summary>The areas between two lines over the same places, one for each run without NaN.</summary>
    public static string Area(IReadOnlyList<(double X, double Low, double High)> points)
    {
        var path = new StringBuilder();
        for (var i = 0; i < points.Count; i++)
        {
            var start = i;
            while (i < points.Count && !double.IsNaN(points[i].X + points[i].Low + points[i].High)) i++;
            if (i - start < 2) continue;
            for (var k = start; k < i; k++) Append(path, k == start ? 'M' : 'L', (points[k].X, points[k].High));
            for (var k = i - 1; k >= start; k--) Append(path, 'L', (points[k].X, points[k].Low));
            path.Append('Z');
        }

        return path.ToString();
    }

    /// <summary>Signs around the points, of a shape that tells series apart without color.</summary>
    public static string Signs(IEnumerable<(double X, double Y)> points, int style, double radius)
    {
        var r = Markup.Number(radius);
        var d = Markup.Number(radius * 2);
        var (dx, dy, outline) = (style % 5) switch
        {
            0 => (-radius, 0.0, $"a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0z"),
            1 => (-radius, -radius, $"h{d}v{d}h-{d}z"),
            2 => (0.0, -radius * 1.2, $"l{Markup.Number(radius * 1.15)} {d}h-{Markup.Number(radius * 2.3)}z"),
            3 => (0.0, -radius * 1.3, $"l{Markup.Number(radius * 1.3)} {Markup.Number(radius * 1.3)}l-{Markup.Number(radius * 1.3)} {Markup.Number(radius * 1.3)}l-{Markup.Number(radius * 1.3)} -{Markup.Number(radius * 1.3)}z"),
            _ => (0.0, radius * 1.2, $"l{Markup.Number(radius * 1.15)} -{d}h-{Markup.Number(radius * 2.3)}z"),
        };
        var path = new StringBuilder();
        foreach (var point in points)
        {
            if (IsGap(point)) continue;
            Append(path, 'M', (point.X + dx, point.Y + dy));
            path.Append(outline);
        }

        return path.ToString();
    }

    static bool IsGap((double X, double Y) point) => double.IsNaN(point.X + point.Y);

    static void Append(StringBuilder path, char command, (double X, double Y) point) =>
        path.Append(command).Append(Markup.Number(point.X)).Append(' ').Append(Markup.Number(point.Y));
}
