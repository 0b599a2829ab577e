namespace Strata.Games.Protocols;

/// <summary>The words after <c>position</c>: <c>startpos</c> or a record, then perhaps <c>moves</c> and the moves.</summary>
static class PositionWords
{
    public static (string Start, string[] Moves) Split(ReadOnlySpan<string> words, string record, string startpos)
    {
        var moves = words.IndexOf("moves");
        var head = moves < 0 ? words : words[..moves];
        var rest = moves < 0 ? [] : words[(moves + 1)..].ToArray();
        if (head.Length == 1 && head[0] == "startpos") return (startpos, rest);
        if (head.Length > 1 && head[0] == record) return (string.Join(' ', head[1..]!), rest);
        throw new FormatException($"needs 'startpos' or '{record}' and a record, then perhaps 'moves', not '{Quote.Short(string.Join(' ', head!))}'.");
    }
}
