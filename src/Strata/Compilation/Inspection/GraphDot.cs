using System.Globalization;
using System.Text;

namespace Strata.Compilation.Inspection;

/// <summary>Graphs in Graphviz's language.</summary>
internal static class GraphDot
{
    public static string Write(Graph graph)
    {
        var names = GraphText.Names(graph);
        var number = new Dictionary<Node, int>();
        var text = new StringBuilder("digraph plan {\n  node [shape=box, fontname=\"sans-serif\", fontsize=10];\n");
        foreach (var node in graph.Nodes)
        {
            if (GraphText.IsNumber(node)) continue;
            number[node] = number.Count;
            var numbers = string.Concat(node.Inputs.Where(x => GraphText.IsNumber(x.Node!)).Select(x => " " + names[x]));
            var type = string.Join(", ", node.Outputs.Select(y => y.Type));
            text.Append(CultureInfo.InvariantCulture, $"  n{number[node]} [label=\"{Escaped(GraphText.Label(node) + numbers)}\\n{type}\"{(node.Operation is Leaf ? ", style=rounded" : "")}];\n");
            foreach (var x in node.Inputs)
                if (number.TryGetValue(x.Node!, out var from)) text.Append(CultureInfo.InvariantCulture, $"  n{from} -> n{number[node]};\n");
        }

        var end = 0;
        foreach (var (name, x) in graph.Results.Select((x, i) => ($"result {i}", x)).Concat(graph.Writes.Select(w => ($"{w.Key.Name} ←", w.Value))))
        {
            text.Append(CultureInfo.InvariantCulture, $"  end{end} [label=\"{Escaped(name)}\", shape=plaintext];\n");
            if (number.TryGetValue(x.Node!, out var from)) text.Append(CultureInfo.InvariantCulture, $"  n{from} -> end{end};\n");
            end++;
        }

        return text.Append("}\n").ToString();
    }

    static string Escaped(string label) => label.Replace("\\", "\\\\").Replace("\"", "\\\"");
}
