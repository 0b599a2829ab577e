using System.Globalization;
using System.Security;
using System.Text;

namespace Strata.Compilation.Inspection;

/// <summary>Graphs as pictures: a node stands one row below the lowest of its inputs, and in its row near the middle of them (the layers and
/// barycenters of Sugiyama et al. 1981).</summary>
internal static class GraphPicture
{
    const double RowHeight = 62;
    const double BoxHeight = 34;
    const double Gap = 18;
    const double CharacterWidth = 6.4; // of the 11-pixel font

    /// <summary>The picture.</summary>
    /// <param name="graph">What to draw.</param>
    /// <param name="notes">A remark on a node: its time, say.</param>
    public static string Write(Graph graph, Func<Node, string?>? notes = null)
    {
        var names = GraphText.Names(graph);
        var boxes = new Dictionary<Node, Box>();
        var rows = new List<List<Box>>();
        foreach (var node in graph.Nodes)
        {
            if (GraphText.IsNumber(node)) continue;
            var above = node.Inputs.Select(x => boxes.GetValueOrDefault(x.Node!)).OfType<Box>().ToArray();
            var numbers = string.Concat(node.Inputs.Where(x => GraphText.IsNumber(x.Node!)).Select(x => " " + names[x]));
            var type = string.Join(", ", node.Outputs.Select(y => y.Type));
            var box = new Box(node, GraphText.Label(node) + numbers, notes?.Invoke(node) is { } note ? $"{type}  {note}" : type, above)
            {
                Row = above.Length == 0 ? 0 : above.Max(b => b.Row) + 1,
            };
            boxes[node] = box;
            while (rows.Count <= box.Row) rows.Add([]);
            rows[box.Row].Add(box);
        }

        foreach (var row in rows) Place(row);
        var width = boxes.Values.Select(b => b.X + (b.Width / 2)).DefaultIfEmpty(0).Max() + Gap;
        var left = boxes.Values.Select(b => b.X - (b.Width / 2)).DefaultIfEmpty(0).Min() - Gap;
        var ends = new HashSet<Node>(graph.Ends.Select(x => x.Node!));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{left:0} 0 {width - left:0} {rows.Count * RowHeight:0}\" width=\"{width - left:0}\" font-family=\"sans-serif\" font-size=\"11\">\n");
        foreach (var box in boxes.Values)
            foreach (var from in box.Above) Edge(text, from, box);
        foreach (var box in boxes.Values) Draw(text, box, ends.Contains(box.Node));
        return text.Append("</svg>\n").ToString();
    }

    // Each box as near to the middle of those that it hangs on as the ones before it leave room.
    static void Place(List<Box> row)
    {
        foreach (var box in row) box.X = box.Above.Length == 0 ? 0 : box.Above.Average(b => b.X);
        row.Sort((a, b) => a.X.CompareTo(b.X));
        var end = double.NegativeInfinity;
        foreach (var box in row)
        {
            box.X = Math.Max(box.X, end + (box.Width / 2));
            end = box.X + (box.Width / 2) + Gap;
        }

        var shift = row.Average(box => (box.Above.Length == 0 ? 0 : box.Above.Average(b => b.X)) - box.X);
        foreach (var box in row) box.X += shift;
    }

    static void Edge(StringBuilder text, Box from, Box to)
    {
        var (y1, y2) = ((from.Row * RowHeight) + BoxHeight + 8, (to.Row * RowHeight) + 8);
        text.Append(CultureInfo.InvariantCulture, $"<path d=\"M{from.X:0.#} {y1:0} C{from.X:0.#} {y1 + 18:0} {to.X:0.#} {y2 - 18:0} {to.X:0.#} {y2:0}\" fill=\"none\" stroke=\"#889\"/>\n");
    }

    static void Draw(StringBuilder text, Box box, bool isEnd)
    {
        var fill = box.Node.Operation is Leaf ? "#eef3e2" : isEnd ? "#fbe5d6" : box.Node.Operation.IsView ? "#f4f4f4" : "#e3ecf8";
        var y = (box.Row * RowHeight) + 8;
        text.Append(CultureInfo.InvariantCulture, $"<g><rect x=\"{box.X - (box.Width / 2):0.#}\" y=\"{y:0}\" width=\"{box.Width:0.#}\" height=\"{BoxHeight}\" rx=\"4\" fill=\"{fill}\" stroke=\"#667\"/>");
        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{box.X:0.#}\" y=\"{y + 14:0}\" text-anchor=\"middle\">{SecurityElement.Escape(box.Title)}</text>");
        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{box.X:0.#}\" y=\"{y + 27:0}\" text-anchor=\"middle\" fill=\"#556\" font-size=\"9\">{SecurityElement.Escape(box.Detail)}</text></g>\n");
    }

    sealed class Box(Node node, string title, string detail, Box[] above)
    {
        public Node Node { get; } = node;

        public string Title { get; } = title.Length <= 48 ? title : title[..47] + "…";

        public string Detail { get; } = detail;

        public Box[] Above { get; } = above;

        public int Row { get; init; }

        public double X { get; set; }

        public double Width => Math.Max(Title.Length, Detail.Length * 0.85) * CharacterWidth + 14;
    }
}
