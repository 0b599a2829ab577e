namespace Strata.Games.Go;

/// <summary>A node of a Smart Game Format tree (FF[4]): properties with their values, and the nodes that follow. Any game's tree is
/// read, variations included; <see cref="Sgf"/> gives the values of Go their meaning.</summary>
public sealed class SgfNode
{
    /// <summary>Values by property, in the order of the file: <c>B</c> → <c>pd</c>. Values are unescaped.</summary>
    public OrderedDictionary<string, IReadOnlyList<string>> Properties { get; } = [];

    /// <summary>The nodes that follow; the first is the main line.</summary>
    public List<SgfNode> Children { get; } = [];

    /// <summary>The first value of a property, or null.</summary>
    public string? this[string property] => Properties.TryGetValue(property, out var values) ? values[0] : null;

    /// <summary>Reads the game trees of a file.</summary>
    /// <exception cref="FormatException">The text is not SGF; the place is named.</exception>
    public static IReadOnlyList<SgfNode> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new SgfReader(text).Read();
    }

    /// <summary>Writes the tree under this node as one game.</summary>
    public void Write(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        // A stack of our own, since a file may nest deeper than calls can; a variation is its first node with true, null closes it.
        var open = new Stack<(SgfNode? Node, bool Variation)>();
        open.Push((this, true));
        while (open.TryPop(out var next))
        {
            if (next.Node is not { } node)
            {
                writer.Write(')');
                continue;
            }

            if (next.Variation)
            {
                writer.Write('(');
                open.Push((null, false));
            }

            WriteProperties(writer, node);
            for (var i = node.Children.Count - 1; i >= 0; i--) open.Push((node.Children[i], node.Children.Count > 1));
        }
    }

    static void WriteProperties(TextWriter writer, SgfNode node)
    {
        writer.Write(';');
        foreach (var (name, values) in node.Properties)
        {
            writer.Write(name);
            foreach (var value in values) writer.Write($"[{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal)}]");
        }
    }

    /// <summary>The tree as SGF.</summary>
    public override string ToString()
    {
        var writer = new StringWriter();
        Write(writer);
        return writer.ToString();
    }
}
