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
        // Where the outline begins, seen from the point, and the rest of it, relative.
        var ((dx, dy), outline) = (style % 5) switch
        {
            0 => ((-1.0, 0.0), new Markup().Add($"a{radius} {radius} 0 1 0 {2 * radius} 0a{radius} {radius} 0 1 0 {-2 * radius} 0z")), // circle
            1 => ((-.9, -.9), new Markup().Add($"h{1.8 * radius}v{1.8 * radius}h{-1.8 * radius}z")), // square
            2 => ((0, -1.2), new Markup().Add($"l{1.15 * radius} {2 * radius}h{-2.3 * radius}z")), // triangle
            3 => ((0, -1.3), new Markup().Add($"l{1.3 * radius} {1.3 * radius}l{-1.3 * radius} {1.3 * radius}l{-1.3 * radius} {-1.3 * radius}z")), // diamond
            _ => ((0, 1.2), new Markup().Add($"l{1.15 * radius} {-2 * radius}h{-2.3 * radius}z")), // triangle on its tip
        };
        var sign = outline.ToString();
        var path = new StringBuilder();
        foreach (var point in points)
        {
            if (IsGap(point)) continue;
            Append(path, 'M', (point.X + dx * radius, point.Y + dy * radius));
            path.Append(sign);
        }

        return path.ToString();
    }

    static bool IsGap((double X, double Y) point) => double.IsNaN(point.X + point.Y);

    static void Append(StringBuilder path, char command, (double X, double Y) point) =>
        path.Append(command).Append(Markup.Number(point.X)).Append(' ').Append(Markup.Number(point.Y));
}
