namespace Strata.Formats.Plots;

/// <summary>A line within a band from low to high: a mean and its deviation over seeds.</summary>
sealed class BandSeries(string name, double[] x, double[] center, double[] low, double[] high) : Series(name)
{
    public override (Bounds, Bounds) Extent(Plot plot)
    {
        var positive = plot.Y.IsLogarithmic;
        return (Bounds.Empty.With(x, plot.X.IsLogarithmic), Bounds.Empty.With(center, positive).With(low, positive).With(high, positive));
    }

    public override void Draw(Markup svg, Scene scene)
    {
        var area = new (double, double, double)[x.Length];
        var line = new (double, double)[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            var place = scene.X[x[i]];
            // On a logarithmic axis a band that reaches zero goes on below the page.
            var bottom = scene.Y.Logarithmic && low[i] <= 0 ? scene.Y.From + 100 : scene.Y[low[i]];
            area[i] = (place, bottom, scene.Y[high[i]]);
            line[i] = (place, scene.Y[center[i]]);
        }

        svg.Add($"""<path d="{PathData.Area(area)}" fill="currentColor" fill-opacity=".18"/>""");
        svg.Add($"""<path d="{PathData.Line(line)}" class="line" stroke-dasharray="{Palette.Dash(scene.Style)}"/>""");
    }

    public override void DrawKey(Markup svg, double x, double y, int style)
    {
        svg.Add($"""<rect x="{x}" y="{y - 6}" width="22" height="12" rx="2" fill="currentColor" fill-opacity=".18"/>""");
        svg.Add($"""<path d="M{x + 1} {y}h20" class="line" stroke-dasharray="{Palette.Dash(style)}"/>""");
    }
}
