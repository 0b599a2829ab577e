using System.Text;

namespace Strata.Games.Go;

/// <summary>The grammar of SGF FF[4], read without recursion.</summary>
sealed class SgfReader(string text)
{
    const int MaxName = 32;
    int at;

    public List<SgfNode> Read()
    {
        var games = new List<SgfNode>();
        var branches = new Stack<SgfNode?>(); // the node each open parenthesis hangs on
        SgfNode? node = null;
        var begun = false; // whether the innermost tree has its first node
        while (SkipSpace())
        {
            switch (text[at++])
            {
                case '(':
                    if (branches.Count > 0 && !begun) throw Error("a tree does not begin with a node");
                    branches.Push(node);
                    begun = false;
                    break;
                case ')':
                    if (branches.Count == 0) throw Error("')' closes nothing");
                    if (!begun) throw Error("a tree has no node");
                    node = branches.Pop();
                    break;
                case ';':
                    if (branches.Count == 0) throw Error("a node is outside of a tree");
                    var child = new SgfNode();
                    if (node is null) games.Add(child);
                    else node.Children.Add(child);
                    node = child;
                    begun = true;
                    ReadProperties(node);
                    break;
                default:
                    if (games.Count == 0 && branches.Count == 0) break; // text before the first game is allowed
                    at--;
                    throw Error($"'{Quote.Short(text.AsSpan(at, 1))}' is neither a node nor a tree");
            }
        }

        if (branches.Count > 0) throw Error($"the text ends inside a tree ({branches.Count} parentheses are open)");
        if (games.Count == 0) throw Error("the text holds no game");
        return games;
    }

    void ReadProperties(SgfNode node)
    {
        while (SkipSpace() && char.IsAsciiLetter(text[at]))
        {
            var name = new StringBuilder();
            var start = at;
            for (; at < text.Length && char.IsAsciiLetter(text[at]); at++)
            {
                if (at - start >= MaxName) throw Error("the name of a property is too long");
                if (char.IsAsciiLetterUpper(text[at])) name.Append(text[at]); // FF[3] allowed lower-case letters and ignored them
            }

            var values = new List<string>();
            while (SkipSpace() && text[at] == '[') values.Add(ReadValue());
            if (values.Count == 0) throw Error($"property '{name}' has no value");
            if (name.Length == 0) throw Error("the name of a property has no capital letter");
            if (!node.Properties.TryAdd(name.ToString(), values)) throw Error($"property '{name}' occurs twice in a node");
        }
    }

    /// <summary>A value between brackets: a backslash takes the next character as it is and hides a line break.</summary>
    string ReadValue()
    {
        var start = at++;
        var value = new StringBuilder();
        for (; at < text.Length && text[at] != ']'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
                if (text[at] is '\r' or '\n')
                {
                    if (at + 1 < text.Length && text[at + 1] is '\r' or '\n' && text[at + 1] != text[at]) at++;
                    continue;
                }
            }

            value.Append(text[at]);
        }

        if (at == text.Length)
        {
            at = start;
            throw Error("a value does not end");
        }

        at++;
        return value.ToString();
    }

    bool SkipSpace()
    {
        while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] == '\uFEFF')) at++;
        return at < text.Length;
    }

    FormatException Error(string what) => new($"SGF line {text.AsSpan(0, Math.Min(at, text.Length)).Count('\n') + 1}: {what}.");
}
