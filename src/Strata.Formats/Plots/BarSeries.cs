namespace Strata.Formats.Plots;

/// <summary>One bar for each category, beside those of the plot's other bar series.</summary>
sealed class BarSeries(string name, double[] values, double[]? errors) : Series(name)
{
    // With more bars than this, numbers over them would touch.
    const int MostNumbered = 16;

    public override (double X, double Y) Margin => (0, .06);

    public override (Bounds, Bounds) Extent(Plot plot)
    {
        var positive = plot.Y.IsLogarithmic;
        var y = Bounds.Empty.With(values, positive).With(0, positive);
        for (var i = 0; i < values.Length && errors is not null; i++) y = y.With(values[i] - errors[i], positive).With(values[i] + errors[i], positive);
        return (Bounds.Empty.With(-.5).With(Math.Max(values.Length, 1) - .5), y);
    }

    public override void Draw(Markup svg, Scene scene)
    {
        var group = scene.Plot.Series.OfType<BarSeries>().ToList();
        var width = scene.Width / Math.Max(values.Length, 1) * Math.Min(.78, .4 + .13 * group.Count) / group.Count;
        var numbered = values.Length * group.Count <= MostNumbered;
        var zero = scene.Y.Baseline;
        for (var i = 0; i < values.Length; i++)
        {
            var top = scene.Y[values[i]];
            if (double.IsNaN(top)) continue;
            var left = scene.X[i] + width * (group.IndexOf(this) - group.Count / 2.0);
            var (inset, center) = (Math.Min(1, width * .05), left + width / 2);
            svg.Add($"""<rect x="{left + inset}" y="{Math.Min(top, zero)}" width="{width - 2 * inset}" height="{Math.Abs(top - zero)}" fill="currentColor" fill-opacity=".88">""");
            svg.Add($"""<title>{Caption(scene.Plot, i)}</title></rect>""");
            var (low, high) = (top, top); // the ends of the whisker
            if (errors is not null && double.IsFinite(errors[i]) && errors[i] != 0)
            {
                (low, high) = (scene.Y[values[i] - errors[i]], scene.Y[values[i] + errors[i]]);
                if (double.IsNaN(low)) low = zero;
                var cap = Math.Min(5, width / 4);
                svg.Add($"""<path d="M{center} {low}V{high}M{center - cap} {low}h{2 * cap}M{center - cap} {high}h{2 * cap}" class="whisker"/>""");
            }

            if (!numbered) continue;
            // The number stands beyond the bar, or inside it where the axis ends too soon.
            var (downwards, outer, inner) = values[i] < 0 ? (true, low, high) : (false, high, low);
            var inside = downwards ? outer + 16 > scene.Y.From : outer - 14 < scene.Y.To;
            var baseline = (inside ? inner : outer) + (downwards ^ inside ? 13 : -5);
            svg.Add($"""<text x="{center}" y="{baseline}" class="{(inside ? "inside" : "number")}" text-anchor="middle">{Ticks.Label(values[i], 3)}</text>""");
        }
    }

    public override void DrawKey(Markup svg, double x, double y, int style) =>
        svg.Add($"""<rect x="{x + 4}" y="{y - 6}" width="14" height="12" rx="2" fill="currentColor" fill-opacity=".88"/>""");

    string Caption(Plot plot, int i)
    {
        var category = plot.X.Categories is { } names && i < names.Count ? names[i] : Ticks.Label(i);
        return (Name == "" ? category : $"{category}, {Name}") + $": {Ticks.Label(values[i])}" + (errors is null ? "" : $" ± {Ticks.Label(errors[i])}");
    }
}
