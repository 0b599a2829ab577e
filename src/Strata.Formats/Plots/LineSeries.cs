namespace Strata.Formats.Plots;

/// <summary>Points joined in their order, broken at values that are not finite.</summary>
sealed class LineSeries(string name, double[] x, double[] y, double smoothing, bool dashed, bool markers) : Series(name)
{
    public override (Bounds, Bounds) Extent(Plot plot) =>
        (Bounds.Empty.With(x, plot.X.IsLogarithmic), Bounds.Empty.With(y, plot.Y.IsLogarithmic));

    public override void Draw(Markup svg, Scene scene)
    {
        var dash = dashed ? "6 4" : Palette.Dash(scene.Style);
        if (smoothing > 0)
            svg.Add($"""<path d="{Path(scene, y)}" class="pale"/>""");
        var shown = smoothing > 0 ? Smooth(y, smoothing) : y;
        svg.Add($"""<path d="{Path(scene, shown)}" class="line" stroke-dasharray="{dash}"/>""");
        if (!markers) return;
        var signs = PathData.Signs(x.Zip(shown, (a, b) => (scene.X[a], scene.Y[b])), scene.Style, 3.5);
        svg.Add($"""<path d="{signs}" fill="currentColor" class="edge"/>""");
    }

    public override void DrawKey(Markup svg, double x, double y, int style)
    {
        svg.Add($"""<path d="M{x + 1} {y}h20" class="line" stroke-dasharray="{(dashed ? "6 4" : Palette.Dash(style))}"/>""");
        if (markers) svg.Add($"""<path d="{PathData.Signs([(x + 11, y)], style, 3.5)}" fill="currentColor" class="edge"/>""");
    }

    string Path(Scene scene, double[] values)
    {
        var points = new (double X, double Y)[x.Length];
        for (var i = 0; i < points.Length; i++) points[i] = (scene.X[x[i]], scene.Y[values[i]]);
        return PathData.Line(Thin(points, scene.Width));
    }

    /// <summary>Of a line with far more points than pixels keeps the first, lowest, highest and last of every half column, which draws the
    /// same pixels (Jugel et al., M4, VLDB 2014).</summary>
    internal static IReadOnlyList<(double X, double Y)> Thin((double X, double Y)[] points, double width)
    {
        if (points.Length < 8 * width) return points;
        var kept = new List<(double, double)>();
        for (int start = 0, end; start < points.Length; start = end)
        {
            var column = Math.Floor(points[start].X * 2);
            var (low, high) = (start, start);
            for (end = start + 1; end < points.Length && Math.Floor(points[end].X * 2) == column && !double.IsNaN(points[end].Y); end++)
            {
                if (points[end].Y < points[low].Y) low = end;
                if (points[end].Y > points[high].Y) high = end;
            }

            foreach (var i in new SortedSet<int> { start, low, high, end - 1 }) kept.Add(points[i]);
        }

        return kept;
    }

    /// <summary>The running average m ← s·m + (1 − s)·y, divided by the weight 1 − sⁿ it has gathered so that it starts at the first value.</summary>
    internal static double[] Smooth(double[] y, double smoothing)
    {
        var (mean, weight) = (0.0, 0.0);
        return Array.ConvertAll(y, value =>
        {
            if (!double.IsFinite(value)) return double.NaN;
            mean = smoothing * mean + (1 - smoothing) * value;
            weight = smoothing * weight + (1 - smoothing);
            return mean / weight;
        });
    }
}
