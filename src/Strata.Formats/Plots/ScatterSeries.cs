namespace Strata.Formats.Plots;

/// <summary>Points by themselves, with a sign of their own for each series.</summary>
sealed class ScatterSeries(string name, double[] x, double[] y) : Series(name)
{
    public override (double X, double Y) Margin => (.04, .05);

    public override (Bounds, Bounds) Extent(Plot plot) =>
        (Bounds.Empty.With(x, plot.X.IsLogarithmic), Bounds.Empty.With(y, plot.Y.IsLogarithmic));

    public override void Draw(Markup svg, Scene scene)
    {
        var radius = x.Length switch { <= 60 => 4.5, <= 400 => 3.6, <= 3000 => 2.6, _ => 1.6 };
        var signs = PathData.Signs(x.Zip(y, (a, b) => (scene.X[a], scene.Y[b])), scene.Style, radius);
        svg.Add($"""<path d="{signs}" fill="currentColor" fill-opacity=".8" class="edge"/>""");
    }

    public override void DrawKey(Markup svg, double x, double y, int style) =>
        svg.Add($"""<path d="{PathData.Signs([(x + 11, y)], style, 4.5)}" fill="currentColor"/>""");
}
