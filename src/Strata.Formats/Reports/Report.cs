using Strata.Formats.Images;
using Strata.Formats.Plots;

namespace Strata.Formats.Reports;

/// <summary>A report as one HTML file that needs nothing else: pictures and plots are inside, nothing is loaded from anywhere and no
/// script runs. Parts appear in the order they are added; all text is shown as it is, never taken as markup.
/// <code>new Report("LeNet-5").Facts(("seed", "1")).Claims(claims).Plots(loss, accuracy).Save("report.html");</code></summary>
public sealed partial class Report(string title)
{
    // Pictures smaller than this are enlarged by a whole factor, or nobody could see them.
    const int LeastShown = 96;

    static readonly char[] BeforeNumbers = ['-', '−', '+', '±', '<', '>', '≤', '≥', '≈', ' '];

    readonly Markup body = new();
    string subtitle = "";
    int claims, holding;

    /// <summary>The line under the title.</summary>
    public Report Subtitle(string text)
    {
        subtitle = text;
        return this;
    }

    /// <summary>A heading.</summary>
    public Report Heading(string text) => Add(body.Add($"<h2>{text}</h2>\n"));

    /// <summary>Text; an empty line begins a paragraph.</summary>
    public Report Text(string text)
    {
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            body.Add($"<p>{paragraph}</p>\n");
        return this;
    }

    /// <summary>Text with its line breaks and spaces, in a font of equal widths: a summary of a model, generated text, a log.</summary>
    public Report Code(string text) => Add(body.Add($"<pre tabindex=\"0\">{text.ReplaceLineEndings("\n")}</pre>\n"));

    /// <summary>Names with their values, side by side.</summary>
    public Report Facts(params IEnumerable<(string Name, string Value)> facts)
    {
        body.Add($"<dl class=\"card facts\">\n");
        foreach (var (name, value) in facts) body.Add($"<div><dt>{name}</dt><dd>{value}</dd></div>\n");
        return Add(body.Add($"</dl>\n"));
    }

    /// <summary>The table of claims; the page's head then says how many hold.</summary>
    public Report Claims(params IEnumerable<ReportClaim> claims)
    {
        body.Add($"<div class=\"card table claims\" tabindex=\"0\" role=\"group\" aria-label=\"Claims\"><table>\n<thead><tr><th>Claim</th><th>Measured</th><th>Bound</th><th>Control</th><th>Verdict</th></tr></thead>\n<tbody>\n");
        foreach (var claim in claims)
        {
            this.claims++;
            if (claim.Holds) holding++;
            body.Add($"<tr><td>{claim.Sentence}</td><td class=\"value\">{claim.Measured}</td><td class=\"value\">{claim.Bound}</td><td class=\"value\">{claim.Control}</td>");
            body.Add($"<td>{Verdict(claim.Holds, claim.Holds ? "holds" : "fails")}</td></tr>\n");
        }

        return Add(body.Add($"</tbody></table></div>\n"));
    }

    /// <summary>A table. Columns of numbers are aligned at the right.</summary>
    /// <param name="columns">The head.</param>
    /// <param name="rows">Rows with as many cells.</param>
    /// <param name="caption">What stands over it; empty: nothing.</param>
    /// <exception cref="ArgumentException">A row has another number of cells.</exception>
    public Report Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, string caption = "")
    {
        var all = rows.ToList();
        if (all.Find(row => row.Count != columns.Count) is { } odd)
            throw new ArgumentException($"Report.Table: a row has {odd.Count} cells for {columns.Count} columns.");
        var kinds = Enumerable.Range(0, columns.Count).Select(c => all.Count > 0 && all.TrueForAll(row => IsNumber(row[c])) ? "number" : "").ToArray();
        body.Add($"<div class=\"card table\" tabindex=\"0\" role=\"group\" aria-label=\"{(caption.Length > 0 ? caption : "Table")}\"><table>\n"); // a wide one scrolls, by keys too
        if (caption != "") body.Add($"<caption>{caption}</caption>\n");
        body.Add($"<thead><tr>");
        for (var c = 0; c < columns.Count; c++) body.Add($"<th class=\"{kinds[c]}\">{columns[c]}</th>");
        body.Add($"</tr></thead>\n<tbody>\n");
        foreach (var row in all)
        {
            body.Add($"<tr>");
            for (var c = 0; c < row.Count; c++) body.Add($"<td class=\"{kinds[c]}\">{row[c]}</td>");
            body.Add($"</tr>\n");
        }

        return Add(body.Add($"</tbody></table></div>\n"));
    }

    /// <summary>Plots, side by side where the page is wide enough.</summary>
    public Report Plots(params IEnumerable<Plot> plots) => Plots("plots", plots);

    Report Plots(string look, IEnumerable<Plot> plots)
    {
        body.Add($"<div class=\"{look}\">\n");
        foreach (var plot in plots) body.Add($"<figure class=\"card\">{new PlotRenderer(plot).Render(standalone: false)}</figure>\n");
        return Add(body.Add($"</div>\n"));
    }

    /// <summary>A grid of pictures, each with its own caption. Small pictures are enlarged, with sharp pixels.</summary>
    /// <param name="caption">What stands over the grid; empty: nothing.</param>
    /// <param name="images">The pictures; an empty caption takes no room.</param>
    public Report Images(string caption, params IEnumerable<(Image Image, string Caption)> images)
    {
        body.Add($"<figure class=\"card\">\n");
        if (caption != "") body.Add($"<figcaption>{caption}</figcaption>\n");
        body.Add($"<div class=\"images\">\n");
        foreach (var (image, below) in images)
        {
            var zoom = Zoom(image.Height, image.Width);
            var width = image.Width * zoom;
            body.Add($"<figure style=\"width:{width}px\"><img class=\"{Rendering(zoom)}\" width=\"{width}\" height=\"{image.Height * zoom}\" alt=\"{below}\" src=\"{DataUri(image)}\">");
            if (below != "") body.Add($"<figcaption>{below}</figcaption>");
            body.Add($"</figure>\n");
        }

        return Add(body.Add($"</div></figure>\n"));
    }

    /// <summary>A grid of pictures without captions of their own.</summary>
    public Report Images(string caption, params IEnumerable<Image> images) => Images(caption, images.Select(image => (image, "")));

    /// <summary>Pictures shown one after another, again and again; still for readers who asked for less motion, until they point at it.</summary>
    /// <param name="caption">What stands over it; empty: nothing.</param>
    /// <param name="frames">At least one picture, all of one size. Of very many, evenly chosen ones are shown.</param>
    /// <param name="framesPerSecond">How fast, above 0.</param>
    /// <exception cref="ArgumentException">There are no frames, their sizes differ, or the speed is not above 0.</exception>
    public Report Animation(string caption, IEnumerable<Image> frames, double framesPerSecond = 10)
    {
        if (!(framesPerSecond > 0 && double.IsFinite(framesPerSecond)))
            throw new ArgumentException($"Report.Animation: {framesPerSecond} frames per second; a number above 0 fits.");
        Image[] all = [.. frames];
        var (strip, count) = FilmStrip.Of(all);
        var (height, width) = (all[0].Height, all[0].Width);
        var zoom = Zoom(height, width);
        body.Add($"<figure class=\"card\">\n");
        if (caption != "") body.Add($"<figcaption>{caption}</figcaption>\n");
        body.Add($"<div class=\"film {Rendering(zoom)}\" role=\"img\" aria-label=\"{caption}\" style=\"width:{width * zoom}px;aspect-ratio:{width}/{height};background-size:100% {count * 100}%;");
        // Each of n steps holds one frame, the last step the last one.
        if (count > 1) body.Add($"animation-duration:{Math.Max(all.Length / framesPerSecond, .02)}s;animation-timing-function:steps({count},jump-none);");
        return Add(body.Add($"background-image:url({DataUri(strip)})\"></div>\n</figure>\n"));
    }

    /// <summary>Parts that stay folded under a title until the reader opens them.</summary>
    /// <param name="title">The line that is always visible.</param>
    /// <param name="fill">Adds the parts to the report it is given.</param>
    /// <param name="open">Whether it begins unfolded.</param>
    public Report Section(string title, Action<Report> fill, bool open = false)
    {
        body.Add($"<details {(open ? "open" : "")}><summary>{title}</summary>\n");
        fill(this);
        return Add(body.Add($"</details>\n"));
    }

    /// <summary>Adds all parts of another report, its claims among those that the head counts; its title is left out.</summary>
    public Report Append(Report other)
    {
        claims += other.claims;
        holding += other.holding;
        return Add(body.Add(other.body));
    }

    /// <summary>The page.</summary>
    public string ToHtml()
    {
        var page = new Markup();
        page.Add($"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        // The page asks the browser itself to load nothing and run nothing.
        page.Add($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n");
        page.Add($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n");
        page.Add($"<title>{title}</title>\n<style>\n").AddPlain(ReportStyle.Sheet).AddPlain("\n").AddPlain(Palette.Style).Add($"\n</style>\n</head>\n<body>\n<main>\n");
        page.Add($"<header><h1>{title}</h1>");
        if (subtitle != "") page.Add($"<p class=\"subtitle\">{subtitle}</p>");
        if (claims > 0) page.Add($"<p>{Verdict(holding == claims, $"{holding} of {claims} claims hold")}</p>");
        return page.Add($"</header>\n{body}</main>\n</body>\n</html>\n").ToString();
    }

    /// <summary>Writes the file, whole or not at all; its folder is made.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => OpenedFile.ReplaceText(path, ToHtml());

    Report Add(Markup _) => this;

    static Markup Verdict(bool good, string text) =>
        new Markup().Add($"<span class=\"verdict {(good ? "good" : "bad")}\">{(good ? "✓" : "✗")} {text}</span>");

    static Markup DataUri(Image image) => new Markup().Add($"data:image/png;base64,").AddPlain(Convert.ToBase64String(Png.Encode(image)));

    static int Zoom(int height, int width) => Math.Max(1, (LeastShown + Math.Max(height, width) - 1) / Math.Max(height, width));

    static string Rendering(int zoom) => zoom > 1 ? "sharp" : "smooth";

    static bool IsNumber(string cell) => cell is "" or "—" or "–" || (cell.TrimStart(BeforeNumbers) is [var first, ..] && char.IsAsciiDigit(first));
}
