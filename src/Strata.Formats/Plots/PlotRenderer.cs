namespace Strata.Formats.Plots;

/// <summary>Lays a plot out on its page and draws everything but the series, which draw themselves.</summary>
sealed class PlotRenderer
{
    const double TickSize = 11.5, LabelSize = 12.5, TitleSize = 15, LegendSize = 12, LegendRow = 20, ColorBar = 14;

    readonly Plot plot;
    readonly Markup svg = new();
    readonly List<string> title;
    readonly List<(Series Series, int Style, string Name, double X, int Row)> legend = [];
    readonly HeatMapSeries? heat;
    readonly bool empty;
    readonly AxisMap x, y;
    readonly Ticks xTicks, yTicks;
    readonly string[] xLabels, yLabels;
    readonly bool turned; // the labels under the plot, where they would touch
    readonly double left, right, top, bottom; // of the rectangle that the axes span

    public PlotRenderer(Plot plot)
    {
        this.plot = plot;
        plot.X.Check("X");
        plot.Y.Check("Y");
        if (plot.Width is < 160 or > 10_000 || plot.Height is < 120 or > 10_000)
            throw new ArgumentException($"Plot: the page is {plot.Width} × {plot.Height} pixels; 160 × 120 to 10000 × 10000 fit.");

        heat = plot.Series.OfType<HeatMapSeries>().LastOrDefault();
        var (xBounds, yBounds) = DataBounds();
        empty = plot.Series.Where(s => s is not ReferenceLine).All(s => s.Extent(plot) is var (a, b) && (a.IsEmpty || b.IsEmpty));

        // Bold letters are wider.
        title = TextSize.Wrap(plot.Title, TitleSize * 1.15, plot.Width - 32, 2);
        LayOutLegend();
        var legendRows = legend.Count == 0 ? 0 : legend[^1].Row + 1;
        top = 14 + title.Count * 21 + legendRows * LegendRow + (legendRows > 0 ? 12 : title.Count > 0 ? 6 : 0);

        var below = plot.X.Label == "" ? 12 : 32;
        xLabels = [];
        // Labels under the plot may need turning, which costs height; their room depends on the width, and that on the labels beside it.
        for (var turn = 0.0; ; turn = TurnedHeight(xLabels))
        {
            bottom = Math.Max(top + 30, plot.Height - below - (turn > 0 ? turn : 20));
            yTicks = Ticks.Of(plot.Y, yBounds, (int)Math.Clamp((bottom - top) / 36, 2, 10));
            yLabels = [.. yTicks.Labels.Select(l => TextSize.Cut(l, TickSize, plot.Width * .28))];
            left = 16 + (plot.Y.Label == "" ? 0 : 20) + Widest(yLabels) + 6;
            if (turn > 0) left = Math.Max(left, .766 * TextSize.Width(xLabels[0], TickSize)); // cos 40°
            var beside = heat is null ? 0 : ColorBar + 20 + Widest(ColorBarTicks().Labels) + (heat.Label == "" ? 0 : 18);
            right = Math.Max(left + 40, plot.Width - 18 - beside);
            xTicks = Ticks.Of(plot.X, xBounds, (int)Math.Clamp((right - left) / 72, 2, 14));
            xLabels = [.. xTicks.Labels.Select(l => TextSize.Cut(l, TickSize, Math.Max(140, (right - left) / 5)))];
            // The last number, which may stand at the very end, keeps its right half on the page.
            if (heat is null && plot.X.Categories is null) right = Math.Min(right, plot.Width - 6 - Widest(xLabels) / 2);
            turned = plot.X.Categories is not null && xLabels.Length > 1 && Widest(xLabels) + 6 > (right - left) / xLabels.Length;
            if (!turned || turn > 0) break;
        }

        if (plot.EqualScales && !plot.X.IsLogarithmic && !plot.Y.IsLogarithmic)
        {
            var unit = Math.Min((right - left) / (xBounds.High - xBounds.Low), (bottom - top) / (yBounds.High - yBounds.Low));
            var (spareX, spareY) = (right - left - unit * (xBounds.High - xBounds.Low), bottom - top - unit * (yBounds.High - yBounds.Low));
            (left, right) = (left + spareX / 2, right - spareX / 2);
            (top, bottom) = (top + spareY / 2, bottom - spareY / 2);
        }

        x = plot.X.Reversed ? new(xBounds, right, left, plot.X.IsLogarithmic) : new(xBounds, left, right, plot.X.IsLogarithmic);
        y = plot.Y.Reversed ? new(yBounds, top, bottom, plot.Y.IsLogarithmic) : new(yBounds, bottom, top, plot.Y.IsLogarithmic);
    }

    /// <summary>The SVG element; one that is not <paramref name="standalone"/> relies on the style sheet of the page around it.</summary>
    public Markup Render(bool standalone)
    {
        var name = plot.Title == "" ? "plot" : plot.Title;
        svg.Add($"""<svg xmlns="http://www.w3.org/2000/svg" class="strata-plot" viewBox="0 0 {plot.Width} {plot.Height}" width="{plot.Width}" height="{plot.Height}" role="img" aria-label="{name}">""");
        if (standalone) svg.Add($"<style>").AddPlain(Palette.Style).Add($"</style>");
        svg.Add($"""<rect class="page" width="{plot.Width}" height="{plot.Height}"/>""");
        for (var i = 0; i < title.Count; i++) svg.Add($"""<text class="title" x="16" y="{28 + i * 21}">{title[i]}</text>""");
        DrawLegend();
        if (heat is null) DrawGrid();
        DrawSeries();
        DrawAxes();
        if (heat is not null) DrawColorBar();
        if (empty) svg.Add($"""<text class="label" x="{(left + right) / 2}" y="{(top + bottom) / 2 + 4}" text-anchor="middle">no data</text>""");
        return svg.Add($"</svg>\n");
    }

    (Bounds X, Bounds Y) DataBounds()
    {
        var (xs, ys, marginX, marginY) = (Bounds.Empty, Bounds.Empty, 0.0, 0.0);
        foreach (var series in plot.Series)
        {
            var (sx, sy) = series.Extent(plot);
            (xs, ys) = (new(Math.Min(xs.Low, sx.Low), Math.Max(xs.High, sx.High)), new(Math.Min(ys.Low, sy.Low), Math.Max(ys.High, sy.High)));
            if (series is ReferenceLine) continue;
            (marginX, marginY) = (Math.Max(marginX, series.Margin.X), Math.Max(marginY, series.Margin.Y));
        }

        // Over a matrix everything else lies within its edges.
        return heat is null ? (xs.Fit(plot.X, marginX), ys.Fit(plot.Y, marginY)) : (xs.Fit(plot.X, 0), ys.Fit(plot.Y, 0));
    }

    void LayOutLegend()
    {
        var (place, row, style) = (16.0, 0, 0);
        foreach (var series in plot.Series)
        {
            var own = style;
            if (series.HasColor) style++;
            if (series.Name == "") continue;
            var name = TextSize.Cut(series.Name, LegendSize, plot.Width - 80);
            var width = 22 + 7 + TextSize.Width(name, LegendSize) + 14;
            if (place > 16 && place + width > plot.Width) (place, row) = (16, row + 1);
            legend.Add((series, own, name, place, row));
            place += width;
        }
    }

    void DrawLegend()
    {
        foreach (var (series, style, name, place, row) in legend)
        {
            var middle = 14 + title.Count * 21 + row * LegendRow + 10;
            svg.Add($"""<g class="{Palette.Class(style)}">""");
            series.DrawKey(svg, place, middle, style);
            svg.Add($"""<text x="{place + 29}" y="{middle + 4}">{name}</text></g>""");
        }
    }

    void DrawGrid()
    {
        var (major, minor) = (new Markup(), new Markup());
        foreach (var value in xTicks.Minor) minor.Add($"M{x[value]} {top}V{bottom}");
        foreach (var value in yTicks.Minor) minor.Add($"M{left} {y[value]}H{right}");
        if (plot.X.Categories is null)
            foreach (var value in xTicks.Values) major.Add($"M{x[value]} {top}V{bottom}");
        foreach (var value in yTicks.Values) major.Add($"M{left} {y[value]}H{right}");
        svg.Add($"""<path class="minor" d="{minor}"/><path class="grid" d="{major}"/>""");
    }

    void DrawSeries()
    {
        // A nested svg cuts off what leaves the axes without an id, which would have to be unique in a page with many plots.
        // Room is left for the ends of thick lines.
        const double Room = 4;
        var (width, height) = (right - left + 2 * Room, bottom - top + 2 * Room);
        svg.Add($"""<svg x="{left - Room}" y="{top - Room}" width="{width}" height="{height}" viewBox="{left - Room} {top - Room} {width} {height}" overflow="hidden">""");
        var style = 0;
        foreach (var series in plot.Series)
        {
            svg.Add($"""<g class="{(series.HasColor ? Palette.Class(style) : "plain")}">""");
            series.Draw(svg, new(plot, x, y, style));
            svg.Add($"</g>");
            if (series.HasColor) style++;
        }

        svg.Add($"</svg>");
    }

    void DrawAxes()
    {
        var marks = new Markup();
        if (heat is null) marks.Add($"M{left} {bottom}H{right}");
        if (heat is null && !plot.Y.Reversed && y.Contains(0) && y[0] < bottom - 1) marks.Add($"M{left} {y[0]}H{right}");
        if (plot.X.Categories is null)
            foreach (var value in xTicks.Values) marks.Add($"M{x[value]} {bottom}v4");
        svg.Add($"""<path class="axis" d="{marks}"/>""");

        var every = turned ? (int)Math.Ceiling(17 * xLabels.Length / (right - left)) : 1;
        for (var i = 0; i < xLabels.Length; i += every)
        {
            var place = x[xTicks.Values[i]];
            if (turned) svg.Add($"""<text class="tick" transform="translate({place + 4} {bottom + 14}) rotate(-40)" text-anchor="end">{xLabels[i]}</text>""");
            else svg.Add($"""<text class="tick" x="{place}" y="{bottom + 18}" text-anchor="middle">{xLabels[i]}</text>""");
        }

        var skip = plot.Y.Categories is null ? 1 : (int)Math.Ceiling(13 * yLabels.Length / (bottom - top));
        for (var i = 0; i < yLabels.Length; i += skip)
            svg.Add($"""<text class="tick" x="{left - 8}" y="{y[yTicks.Values[i]] + 4}" text-anchor="end">{yLabels[i]}</text>""");

        var under = turned ? TurnedHeight(xLabels) : 20;
        if (plot.X.Label != "")
            svg.Add($"""<text class="label" x="{(left + right) / 2}" y="{bottom + under + 19}" text-anchor="middle">{TextSize.Cut(plot.X.Label, LabelSize, plot.Width - 20)}</text>""");
        if (plot.Y.Label != "")
        {
            var place = left - Widest(yLabels) - 20;
            svg.Add($"""<text class="label" transform="translate({place} {(top + bottom) / 2}) rotate(-90)" text-anchor="middle">{TextSize.Cut(plot.Y.Label, LabelSize, plot.Height - 20)}</text>""");
        }
    }

    void DrawColorBar()
    {
        const int Steps = 64;
        var (place, step) = (right + 14, (bottom - top) / Steps);
        svg.Add($"""<g shape-rendering="crispEdges">""");
        for (var i = 0; i < Steps; i++)
            svg.Add($"""<rect x="{place}" y="{bottom - (i + 1) * step}" width="{ColorBar}" height="{step + .5}" fill="{heat!.Colors.Hex((i + .5) / Steps)}"/>""");
        svg.Add($"</g>");
        var ticks = ColorBarTicks();
        var map = new AxisMap(ColorBarBounds, bottom, top, Logarithmic: false);
        for (var i = 0; i < ticks.Values.Length; i++)
        {
            svg.Add($"""<path class="axis" d="M{place + ColorBar} {map[ticks.Values[i]]}h4"/>""");
            svg.Add($"""<text class="tick" x="{place + ColorBar + 8}" y="{map[ticks.Values[i]] + 4}">{ticks.Labels[i]}</text>""");
        }

        var beside = place + ColorBar + 8 + Widest(ticks.Labels) + 14;
        svg.Add($"""<text class="label" transform="translate({beside} {(top + bottom) / 2}) rotate(-90)" text-anchor="middle">{heat!.Label}</text>""");
    }

    Bounds ColorBarBounds => heat!.Low < heat.High ? new(heat.Low, heat.High) : new Bounds(heat.Low, heat.Low).Fit(new(), 0);

    Ticks ColorBarTicks() => Ticks.Linear(ColorBarBounds, 5);

    static double Widest(IEnumerable<string> labels) => labels.Select(l => TextSize.Width(l, TickSize)).DefaultIfEmpty(0).Max();

    // sin 40° of the widest label, and the height of a line.
    static double TurnedHeight(IEnumerable<string> labels) => .643 * Widest(labels) + 18;
}
