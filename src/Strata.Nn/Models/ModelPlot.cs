using System.Globalization;
using System.Text;

namespace Strata.Nn;

/// <summary>Drawings of a model: its layers as boxes with their shapes, arrows along the data.</summary>
internal sealed class ModelPlot
{
    const int BoxHeight = 44, RowHeight = 78, Gap = 24, Margin = 16, CharacterWidth = 7;

    readonly List<(string Title, string Shape, int Row)> boxes = [];
    readonly List<(int From, int To)> arrows = [];

    public ModelPlot(Model model)
    {
        var depths = new int[model.Layers.Count];
        if (model.Graph is { } graph)
        {
            var at = model.Layers.Select((layer, i) => (layer, i)).ToDictionary(p => p.layer, p => p.i);
            foreach (var call in graph.Calls)
                foreach (var x in call.Inputs)
                {
                    if (!at.TryGetValue(x.Source.Layer, out var from)) continue;
                    var arrow = (from, at[call.Layer]);
                    if (!arrows.Contains(arrow)) arrows.Add(arrow);
                    depths[arrow.Item2] = Math.Max(depths[arrow.Item2], depths[from] + 1);
                }
        }
        else
        {
            for (var i = 1; i < depths.Length; i++)
            {
                arrows.Add((i - 1, i));
                depths[i] = i;
            }
        }

        for (var i = 0; i < depths.Length; i++)
        {
            var shape = model.Layers[i].OutputShape is { } s ? $"({string.Join(", ", (string[])["None", .. s.Select(n => n.ToString(CultureInfo.InvariantCulture))])})" : "?";
            boxes.Add(($"{model.ChildNames[i]}: {model.Layers[i].GetType().Name}", shape, depths[i]));
        }
    }

    /// <summary>In the DOT language of Graphviz.</summary>
    public string ToDot()
    {
        var text = new StringBuilder("digraph model {\n  node [shape=record];\n");
        for (var i = 0; i < boxes.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"  n{i} [label=\"{{{Escaped(boxes[i].Title)}|{boxes[i].Shape}}}\"];\n");
        foreach (var (from, to) in arrows) text.Append(CultureInfo.InvariantCulture, $"  n{from} -> n{to};\n");
        return text.Append("}\n").ToString();

        static string Escaped(string title)
        {
            foreach (var c in "\\\"{}|<>") title = title.Replace(c.ToString(), "\\" + c, StringComparison.Ordinal);
            return title;
        }
    }

    /// <summary>As an SVG picture, legible on light and dark pages.</summary>
    public string ToSvg()
    {
        var widths = boxes.Select(b => (Math.Max(b.Title.Length, b.Shape.Length) * CharacterWidth) + 20).ToArray();
        var rows = boxes.Select((b, i) => (b.Row, i)).GroupBy(p => p.Row).OrderBy(g => g.Key).Select(g => g.Select(p => p.i).ToArray()).ToArray();
        var total = rows.Select(row => row.Sum(i => widths[i] + Gap) - Gap).DefaultIfEmpty(0).Max() + (2 * Margin);
        var height = (rows.Length * RowHeight) - (RowHeight - BoxHeight) + (2 * Margin);
        var places = new (double X, double Y)[boxes.Count];
        for (var r = 0; r < rows.Length; r++)
        {
            var x = (total - (rows[r].Sum(i => widths[i] + Gap) - Gap)) / 2.0;
            foreach (var i in rows[r])
            {
                places[i] = (x, Margin + (r * RowHeight));
                x += widths[i] + Gap;
            }
        }

        var svg = new StringBuilder();
        // The classes hold inside of the drawing alone: it may stand in a page with styles of its own.
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"strata-model\" viewBox=\"0 0 {total} {height}\" width=\"{total}\" height=\"{height}\" role=\"img\" aria-label=\"The layers of the model and their connections\" font-family=\"ui-monospace, monospace\" font-size=\"12\" text-anchor=\"middle\">\n");
        svg.Append("<style>.strata-model .b{fill:#fff;stroke:#444}.strata-model .t{fill:#111}.strata-model .s{fill:#555}.strata-model .a{stroke:#444;fill:none}"
            + "@media(prefers-color-scheme:dark){.strata-model .b{fill:#1e1e1e;stroke:#bbb}.strata-model .t{fill:#eee}.strata-model .s{fill:#aaa}.strata-model .a{stroke:#bbb}}</style>\n");
        foreach (var (from, to) in arrows)
        {
            var (x1, y1) = (places[from].X + (widths[from] / 2.0), places[from].Y + BoxHeight);
            var (x2, y2) = (places[to].X + (widths[to] / 2.0), places[to].Y);
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"a\" d=\"M{x1} {y1}C{x1} {(y1 + y2) / 2} {x2} {(y1 + y2) / 2} {x2} {y2}\"/>");
            // The arrow comes from above, so its head needs no marker, whose id would have to be unique in a page.
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"t\" d=\"M{x2 - 3.5} {y2 - 7}h7l-3.5 7z\"/>\n");
        }

        for (var i = 0; i < boxes.Count; i++)
        {
            var (x, y) = places[i];
            var middle = x + (widths[i] / 2.0);
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"b\" x=\"{x}\" y=\"{y}\" width=\"{widths[i]}\" height=\"{BoxHeight}\" rx=\"4\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"t\" x=\"{middle}\" y=\"{y + 18}\">{System.Net.WebUtility.HtmlEncode(boxes[i].Title)}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"s\" x=\"{middle}\" y=\"{y + 35}\">{boxes[i].Shape}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }
}
