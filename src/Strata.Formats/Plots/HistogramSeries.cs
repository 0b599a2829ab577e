namespace Strata.Formats.Plots;

/// <summary>How often values fall between edges: counts, or densities that sum to an area of 1.</summary>
sealed class HistogramSeries : Series
{
    readonly double[] edges, heights;

    public HistogramSeries(string name, double[] values, int bins, bool density)
        : base(name)
    {
        double[] finite = [.. values.Where(double.IsFinite).Select(Bounds.Clamp)];
        Array.Sort(finite);
        if (finite.Length == 0)
        {
            (edges, heights) = ([], []);
            return;
        }

        var (low, high) = (finite[0], finite[^1]);
        if (low == high) (low, high) = low == 0 ? (-.5, .5) : (low - Math.Abs(low) * .1, low + Math.Abs(low) * .1);
        if (bins == 0) bins = AutomaticBins(finite);
        var span = high - low;
        edges = [.. Enumerable.Range(0, bins + 1).Select(i => i == bins ? high : low + span * i / bins)];
        heights = new double[bins];
        foreach (var value in finite) heights[Math.Clamp((int)((value - low) / span * bins), 0, bins - 1)]++;
        if (!density) return;
        for (var i = 0; i < bins; i++) heights[i] /= finite.Length * span / bins;
    }

    public override (Bounds, Bounds) Extent(Plot plot) =>
        (Bounds.Empty.With(edges, plot.X.IsLogarithmic), Bounds.Empty.With(heights, plot.Y.IsLogarithmic).With(0, plot.Y.IsLogarithmic));

    public override (double X, double Y) Margin => (.02, .05);

    public override void Draw(Markup svg, Scene scene)
    {
        var zero = scene.Y.Baseline;
        var outline = new List<(double, double)>();
        for (var i = 0; i < heights.Length; i++)
        {
            var height = scene.Y[heights[i]];
            if (double.IsNaN(height)) height = zero;
            outline.Add((scene.X[edges[i]], height));
            outline.Add((scene.X[edges[i + 1]], height));
        }

        svg.Add($"""<path d="{PathData.Area([.. outline.Select(p => (p.Item1, zero, p.Item2))])}" fill="currentColor" fill-opacity=".35"/>""");
        svg.Add($"""<path d="{PathData.Line(outline)}" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/>""");
    }

    public override void DrawKey(Markup svg, double x, double y, int style) =>
        svg.Add($"""<rect x="{x + 3}" y="{y - 6}" width="16" height="12" rx="2" fill="currentColor" fill-opacity=".35" stroke="currentColor" stroke-width="1.6"/>""");

    /// <summary>Bins of the width 2·IQR·n^(−1/3) (Freedman and Diaconis, 1981), 5 to 80 of them; √n where the quartiles coincide.</summary>
    static int AutomaticBins(double[] sorted)
    {
        var quartiles = sorted[(int)(sorted.Length * .75)] - sorted[sorted.Length / 4];
        var width = 2 * quartiles / Math.Cbrt(sorted.Length);
        var bins = width > 0 ? (sorted[^1] - sorted[0]) / width : Math.Sqrt(sorted.Length);
        return (int)Math.Clamp(Math.Ceiling(bins), 5, 80);
    }
}
