using System.Globalization;
using System.Text;
using Strata.Compilation.Planning;
using Strata.Differentiation;
using Strata.Operations;

namespace Strata.Compilation.Inspection;

/// <summary>Graphs as text.</summary>
internal static class GraphText
{
    /// <summary>One line a node, then the results and the new values of variables. With a memory plan, where each tensor lies.</summary>
    public static string Lines(Graph graph, MemoryPlan? memory = null)
    {
        var names = Names(graph);
        var rows = new List<(string Name, string What, string Types, string Where)>();
        foreach (var node in graph.Nodes)
        {
            if (IsNumber(node)) continue;
            var outputs = node.Outputs.Length == 0 ? "  " : string.Join(", ", node.Outputs.Select(y => names[y]));
            rows.Add((outputs, Call(node, names), string.Join(", ", node.Outputs.Select(y => y.Type)), memory is null ? "" : Where(node, memory)));
        }

        var text = new StringBuilder();
        var (first, second, third) = (Width(rows.Select(r => r.Name)), Width(rows.Select(r => r.What)), Width(rows.Select(r => r.Types)));
        foreach (var (name, what, types, where) in rows)
            text.Append($"{name.PadRight(first)} = {what.PadRight(second)}  {types.PadRight(third)}  {where}".TrimEnd()).Append('\n');
        if (graph.Results.Count > 0) text.Append("return ").AppendJoin(", ", graph.Results.Select(x => names[x])).Append('\n');
        foreach (var (variable, value) in graph.Writes) text.Append(CultureInfo.InvariantCulture, $"{variable.Name} ← {names[value]}\n");
        return text.ToString();

        static int Width(IEnumerable<string> texts) => Math.Min(60, texts.Select(t => t.Length).DefaultIfEmpty(0).Max());
    }

    /// <summary>Each result with what it is made of below it.</summary>
    public static string Tree(Graph graph)
    {
        var names = Names(graph);
        var text = new StringBuilder();
        var seen = new HashSet<Node>();
        foreach (var end in graph.Ends) Branch(end, 0);
        return text.ToString();

        void Branch(Tensor x, int depth)
        {
            var node = x.Node!;
            text.Append(' ', 2 * depth).Append(names[x]);
            if (IsNumber(node))
            {
                text.Append('\n');
                return;
            }

            var again = !seen.Add(node);
            text.Append(' ').Append(Label(node));
            if (!again) text.Append("  ").Append(x.Type);
            text.Append(again && node.Inputs.Length > 0 ? " (above)\n" : "\n");
            if (again) return;
            foreach (var input in node.Inputs) Branch(input, depth + 1);
        }
    }

    /// <summary>Each result as a formula; what is used more than once gets a line of its own.</summary>
    public static string Formulas(Graph graph)
    {
        var names = Names(graph);
        var uses = graph.Uses();
        var text = new StringBuilder();
        foreach (var node in graph.Nodes)
        {
            if (node.Operation is Leaf) continue;
            foreach (var y in node.Outputs)
                if (uses.GetValueOrDefault(y) > 1 || node.Outputs.Length > 1) text.Append(CultureInfo.InvariantCulture, $"{names[y]} = {Of(y, top: true)}\n");
        }

        foreach (var result in graph.Results) text.Append("return ").Append(Of(result, top: false)).Append('\n');
        foreach (var (variable, value) in graph.Writes) text.Append(CultureInfo.InvariantCulture, $"{variable.Name} ← {Of(value, top: false)}\n");
        return text.ToString();

        string Of(Tensor x, bool top)
        {
            var node = x.Node!;
            if (node.Operation is Leaf) return IsNumber(node) ? names[x] : Label(node);
            if (!top && (uses.GetValueOrDefault(x) > 1 || node.Outputs.Length > 1)) return names[x];
            string In(int i) => Of(node.Inputs[i], top: false);
            return node.Operation switch
            {
                Add => $"({In(0)} + {In(1)})",
                Subtract => $"({In(0)} − {In(1)})",
                Multiply => $"({In(0)} · {In(1)})",
                Divide => $"({In(0)} / {In(1)})",
                Power => $"{In(0)}^{In(1)}",
                Negate => $"−{In(0)}",
                Square => $"{In(0)}²",
                Greater => $"({In(0)} > {In(1)})",
                Less => $"({In(0)} < {In(1)})",
                MatMul m => $"{In(0)}{(m.TransposeA ? "ᵀ" : "")} × {In(1)}{(m.TransposeB ? "ᵀ" : "")}",
                Copy or StopGradient => In(0),
                _ => $"{node.Operation.Name.ToLowerInvariant()}({string.Join(", ", node.Inputs.Select(input => Of(input, top: false)))})",
            };
        }
    }

    /// <summary>The operation with its attributes, or what a leaf stands for.</summary>
    public static string Label(Node node) => node.Operation switch
    {
        Argument argument => $"argument {argument.Index}",
        VariableRead read => $"variable {read.Variable.Name}",
        HostValue value => $"host value {value.Number}",
        Constant => "constant",
        var operation => operation.Name + Attributes(operation),
    };

    /// <summary>Whether a node is a number, to be written where it is used.</summary>
    public static bool IsNumber(Node node) => node.Operation is Constant { Number: not null };

    /// <summary>%0, %1, … for tensors, and numbers for themselves.</summary>
    public static Dictionary<Tensor, string> Names(Graph graph)
    {
        var names = new Dictionary<Tensor, string>();
        var next = 0;
        foreach (var node in graph.Nodes)
            foreach (var y in node.Outputs)
                names[y] = IsNumber(node) ? y.Number!.Value.ToString("G6", CultureInfo.InvariantCulture) : $"%{next++}";
        return names;
    }

    static string Call(Node node, Dictionary<Tensor, string> names) => node.Operation is Leaf
        ? Label(node)
        : $"{node.Operation.Name}({string.Join(", ", node.Inputs.Select(x => names[x]))}){Attributes(node.Operation)}";

    // A record writes itself as "Sum { Axes = …, KeepDims = False }".
    static string Attributes(Operation operation)
    {
        var text = operation.ToString();
        var (begin, end) = (text.IndexOf('{'), text.LastIndexOf('}'));
        return begin < 0 || end < 0 || end - begin < 3 ? "" : $" {{{text[(begin + 2)..(end - 1)]}}}";
    }

    static string Where(Node node, MemoryPlan memory) => string.Join(", ", node.Outputs.Select(y =>
    {
        var buffer = memory[y];
        if (node.Operation is Leaf) return "";
        if (node.Operation.IsView) return "view";
        var place = buffer.Kind switch
        {
            BufferKind.Arena => $"arena +{buffer.Offset}",
            BufferKind.Variable => $"variable {buffer.Variable!.Name}",
            _ => buffer.Kind.ToString().ToLowerInvariant(),
        };
        return Array.Exists(node.Inputs, x => memory[x] == buffer) ? place + ", in place" : place;
    }));
}
