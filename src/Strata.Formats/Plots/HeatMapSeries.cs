using Strata.Formats.Images;

namespace Strata.Formats.Plots;

/// <summary>A matrix as a grid of colors, with a bar that tells their values.</summary>
sealed class HeatMapSeries : Series
{
    // More cells go in as one PNG picture: smaller, and as sharp.
    const int MostCells = 1000;
    const int MostNumbered = 400;

    readonly double[,] values;
    readonly bool numbered;
    readonly Bounds x, y;

    public HeatMapSeries(double[,] values, ColorMap colors, string label, (double Low, double High)? range, bool numbered, Bounds x, Bounds y)
        : base("")
    {
        (this.values, Colors, Label, this.x, this.y) = (values, colors, label, x, y);
        (Low, High) = ColorMap.Range(values, range?.Low, range?.High);
        this.numbered = numbered && values.Length <= MostNumbered;
    }

    public ColorMap Colors { get; }

    public string Label { get; }

    public double Low { get; }

    public double High { get; }

    public override bool HasColor => false;

    public override (double X, double Y) Margin => (0, 0);

    public override (Bounds, Bounds) Extent(Plot plot) => (x, y);

    public override void Draw(Markup svg, Scene scene)
    {
        if (values.Length == 0) return;
        if (values.Length <= MostCells) DrawCells(svg, scene);
        else DrawPicture(svg, scene);
    }

    public override void DrawKey(Markup svg, double x, double y, int style)
    {
        // The color bar is its key.
    }

    void DrawCells(Markup svg, Scene scene)
    {
        var (rows, columns) = (values.GetLength(0), values.GetLength(1));
        svg.Add($"""<g shape-rendering="crispEdges">""");
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var (left, right) = Ends(scene.X, x, j, columns);
                var (top, bottom) = Ends(scene.Y, y, i, rows);
                var part = ColorMap.Part(values[i, j], Low, High);
                svg.Add($"""<rect x="{left}" y="{top}" width="{right - left}" height="{bottom - top}" fill="{Colors.Hex(part)}">""");
                svg.Add($"""<title>{Category(scene.Plot.Y, i)}, {Category(scene.Plot.X, j)}: {Ticks.Label(values[i, j])}</title></rect>""");
            }
        }

        svg.Add($"</g>");
        if (!numbered) return;
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var (left, right) = Ends(scene.X, x, j, columns);
                var (top, bottom) = Ends(scene.Y, y, i, rows);
                var text = Ticks.Label(values[i, j], 3);
                var size = Math.Min(12, Math.Min((bottom - top) * .6, (right - left - 3) / Math.Max(TextSize.Width(text, 1), 1)));
                if (size < 5) continue;
                var color = Colors.IsLight(ColorMap.Part(values[i, j], Low, High)) ? "#1a1a1a" : "#ffffff";
                svg.Add($"""<text x="{(left + right) / 2}" y="{(top + bottom) / 2 + size * .35}" style="font-size:{size}px;fill:{color}" text-anchor="middle">{text}</text>""");
            }
        }
    }

    void DrawPicture(Markup svg, Scene scene)
    {
        var (left, right) = Ends(scene.X, x, 0, 1);
        var (top, bottom) = Ends(scene.Y, y, 0, 1);
        var picture = Colors.ToImage(scene.Y[y.Low] <= scene.Y[y.High] ? values : UpsideDown(), Low, High);
        svg.Add($"""<image x="{left}" y="{top}" width="{right - left}" height="{bottom - top}" preserveAspectRatio="none" image-rendering="optimizeSpeed" style="image-rendering:pixelated" href="data:image/png;base64,""");
        svg.AddPlain(Convert.ToBase64String(Png.Encode(picture))).Add($"\"/>");
    }

    double[,] UpsideDown()
    {
        var (rows, columns) = (values.GetLength(0), values.GetLength(1));
        var turned = new double[rows, columns];
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++) turned[rows - 1 - i, j] = values[i, j];
        return turned;
    }

    /// <summary>The pixels, in rising order, where cell <paramref name="i"/> of <paramref name="count"/> along an axis begins and ends.</summary>
    static (double, double) Ends(AxisMap map, Bounds all, int i, int count)
    {
        var cell = (all.High - all.Low) / count;
        var (a, b) = (map[all.Low + i * cell], map[all.Low + (i + 1) * cell]);
        return (Math.Min(a, b), Math.Max(a, b));
    }

    static string Category(Axis axis, int i) => axis.Categories is { } names && i < names.Count ? names[i] : Ticks.Label(i);
}
