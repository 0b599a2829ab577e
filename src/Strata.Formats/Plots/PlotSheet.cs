namespace Strata.Formats.Plots;

/// <summary>Several plots on one SVG page, row by row.
/// <code>new PlotSheet([loss, accuracy]).Save("training.svg");</code></summary>
/// <param name="plots">The plots.</param>
/// <param name="columns">How many stand side by side, at least 1.</param>
public sealed class PlotSheet(IReadOnlyList<Plot> plots, int columns = 2)
{
    const int Gap = 12;

    /// <summary>The page as an SVG document.</summary>
    /// <exception cref="ArgumentException">There is less than one column, or a plot does not make sense.</exception>
    public string ToSvg()
    {
        if (columns < 1) throw new ArgumentException($"PlotSheet: {columns} columns; at least 1 fits.");
        var across = Math.Max(1, Math.Min(columns, plots.Count));
        var down = Math.Max(1, (plots.Count + across - 1) / across);
        var (cellWidth, cellHeight) = (plots.Select(p => p.Width).DefaultIfEmpty(160).Max() + Gap, plots.Select(p => p.Height).DefaultIfEmpty(120).Max() + Gap);
        var (width, height) = (across * cellWidth - Gap, down * cellHeight - Gap);
        var svg = new Markup();
        svg.Add($"""<svg xmlns="http://www.w3.org/2000/svg" class="strata-plot" viewBox="0 0 {width} {height}" width="{width}" height="{height}">""");
        svg.Add($"<style>").AddPlain(Palette.Style).Add($"</style>");
        svg.Add($"""<rect class="page" width="{width}" height="{height}"/>""");
        for (var i = 0; i < plots.Count; i++)
            svg.Add($"""<g transform="translate({i % across * cellWidth} {i / across * cellHeight})">{new PlotRenderer(plots[i]).Render(standalone: false)}</g>""");
        return svg.Add($"</svg>\n").ToString();
    }

    /// <summary>Writes the SVG file, whole or not at all; its folder is made.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => OpenedFile.ReplaceText(path, ToSvg());
}
