using Strata.Formats.Images;

namespace Strata.Formats.Plots;

/// <summary>Pictures side by side, each with its caption, as one SVG page. Small pictures are enlarged by a whole factor, with sharp pixels.</summary>
/// <param name="Title">The heading; empty: none.</param>
/// <param name="Pictures">The pictures; an empty caption takes no room.</param>
public sealed record PictureGrid(string Title, IReadOnlyList<(Image Image, string Caption)> Pictures)
{
    // Pictures smaller than this are enlarged, or nobody could see them.
    const int LeastShown = 72;
    const double Margin = 16, Gap = 12, CaptionSize = 11, CaptionLine = 14;
    const int MostCaptionLines = 2;

    /// <summary>The width of the page in pixels, at least 160; a wider picture widens it.</summary>
    public int Width { get; init; } = 720;

    /// <summary>The page as an SVG document.</summary>
    /// <exception cref="ArgumentException">The page is narrower than 160 pixels.</exception>
    public string ToSvg()
    {
        if (Width < 160) throw new ArgumentException($"PictureGrid: the page is {Width} pixels wide; at least 160 fit.");
        var cell = Pictures.Select(p => p.Image.Width * Zoom(p.Image)).DefaultIfEmpty(0).Max();
        var tall = Pictures.Select(p => p.Image.Height * Zoom(p.Image)).DefaultIfEmpty(0).Max();
        var captions = Pictures.Select(p => TextSize.Wrap(p.Caption, CaptionSize, cell, MostCaptionLines)).ToList();
        var below = captions.Select(lines => lines.Count).DefaultIfEmpty(0).Max() * CaptionLine;
        var columns = Math.Max(1, (int)((Width - 2 * Margin + Gap) / (cell + Gap)));
        var rows = (Pictures.Count + columns - 1) / columns;
        var width = Math.Max(Width, cell + 2 * Margin);
        var title = TextSize.Wrap(Title, 15 * 1.15, width - 2 * Margin, 2);
        var top = 14 + title.Count * 21 + (title.Count > 0 ? 8 : 0);
        var height = top + rows * (tall + below + Gap) - (rows > 0 ? Gap : 0) + Margin;

        var svg = new Markup();
        svg.Add($"""<svg xmlns="http://www.w3.org/2000/svg" class="strata-plot" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{(Title == "" ? "pictures" : Title)}">""");
        svg.Add($"<style>").AddPlain(Palette.Style).Add($"</style>");
        svg.Add($"""<rect class="page" width="{width}" height="{height}"/>""");
        for (var i = 0; i < title.Count; i++) svg.Add($"""<text class="title" x="{Margin}" y="{28 + i * 21}">{title[i]}</text>""");
        for (var i = 0; i < Pictures.Count; i++)
        {
            var image = Pictures[i].Image;
            var (x, y) = (Margin + i % columns * (cell + Gap), top + i / columns * (tall + below + Gap));
            var (shownWidth, shownHeight) = (image.Width * Zoom(image), image.Height * Zoom(image));
            svg.Add($"""<image x="{x}" y="{y}" width="{shownWidth}" height="{shownHeight}" style="image-rendering:{(Zoom(image) > 1 ? "pixelated" : "auto")}" href="data:image/png;base64,""");
            svg.AddPlain(Convert.ToBase64String(Png.Encode(image))).Add($"\"/>");
            for (var line = 0; line < captions[i].Count; line++)
                svg.Add($"""<text class="note" x="{x}" y="{y + shownHeight + (line + 1) * CaptionLine - 2}">{captions[i][line]}</text>""");
        }

        return svg.Add($"</svg>\n").ToString();
    }

    /// <summary>Writes the SVG file, whole or not at all; its folder is made.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => OpenedFile.ReplaceText(path, ToSvg());

    static int Zoom(Image image) => Math.Max(1, (LeastShown + Math.Max(image.Height, image.Width) - 1) / Math.Max(image.Height, image.Width));
}
