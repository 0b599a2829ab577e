using System.Globalization;

namespace Strata.Games.Go;

/// <summary>Games of Go in Smart Game Format (FF[4], GM[1]).</summary>
public static class Sgf
{
    /// <summary>Reads the main line of the first game of a text.</summary>
    /// <param name="text">The file.</param>
    /// <param name="rules">Used instead of the rules and komi that the file names.</param>
    /// <exception cref="FormatException">The text is not SGF, not Go, or a move in it is not legal.</exception>
    public static GoGame Read(string text, GoRules? rules = null) => Read(SgfNode.Parse(text)[0], rules);

    /// <summary>Plays the main line under a root node: stones set up before the first move, then the moves. A move played twice in a row by
    /// one player, and moves after two passes, are taken as the record has them.</summary>
    /// <exception cref="FormatException">The tree is not of Go, or a move in it is not legal.</exception>
    public static GoGame Read(SgfNode root, GoRules? rules = null)
    {
        ArgumentNullException.ThrowIfNull(root);
        if (root["GM"] is { } kind && kind.Trim() != "1") throw new FormatException($"SGF: game number '{Quote.Short(kind)}' is not Go (1).");
        var size = ReadSize(root["SZ"]);
        rules ??= ReadRules(root);

        var (black, white) = (Points(root, "AB", size), Points(root, "AW", size));
        var first = root["PL"] switch { "W" or "w" or "White" => 1, null when black.Length > 0 && white.Length == 0 => 1, _ => 0 };
        var game = GoGame.SetUp(size, black, white, first, rules);
        for (var node = root; ; node = node.Children[0])
        {
            if (node != root && (node["AB"] ?? node["AW"] ?? node["AE"]) is not null)
                throw new FormatException($"SGF: stones are set up after move {game.Ply}; only the first node may.");
            if (node["B"] is { } b) Play(game, 0, b);
            if (node["W"] is { } w) Play(game, 1, w);
            if (node.Children.Count == 0) return game;
        }
    }

    /// <summary>A game as a tree: one node for the set-up and the properties given, one for each move.</summary>
    /// <param name="game">The game as played.</param>
    /// <param name="properties">More of the first node, such as <c>PB</c> → <c>AlphaGo</c>.</param>
    public static SgfNode Write(GoGame game, IReadOnlyDictionary<string, string>? properties = null)
    {
        ArgumentNullException.ThrowIfNull(game);
        var start = game.Clone();
        while (start.Ply > 0) start.Undo();
        var root = new SgfNode();
        void Set(string name, params string[] values)
        {
            if (values.Length > 0) root.Properties[name] = values;
        }

        Set("GM", "1");
        Set("FF", "4");
        Set("SZ", game.Size.ToString(CultureInfo.InvariantCulture));
        Set("KM", game.Rules.Komi.ToString(CultureInfo.InvariantCulture));
        Set("RU", RuleName(game.Rules));
        if (game.IsTerminal) Set("RE", Result(game.Score));
        foreach (var (name, value) in properties ?? new Dictionary<string, string>()) Set(name, value);
        string[] Stones(int player) => [.. Enumerable.Range(0, game.Size * game.Size).Where(p => start.ColorAt(p) == player).Select(p => Name(p, game.Size))];
        Set("AB", Stones(0));
        Set("AW", Stones(1));
        Set("PL", start.Player == 0 ? "B" : "W");

        var node = root;
        foreach (var (player, move) in game.Moves)
        {
            var child = new SgfNode { Properties = { [player == 0 ? "B" : "W"] = [move.IsPass ? "" : Name(move.Point, game.Size)] } };
            node.Children.Add(child);
            node = child;
        }

        return root;
    }

    /// <summary>A result as SGF and GTP write it: <c>B+3.5</c>, <c>W+0.5</c>, <c>0</c> for a draw.</summary>
    internal static string Result(double score) => score == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{(score > 0 ? 'B' : 'W')}+{Math.Abs(score)}");

    static void Play(GoGame game, int player, string value)
    {
        if (game.IsTerminal) game.Resume();
        game.SetPlayer(player);
        var point = value.Length == 0 || (value == "tt" && game.Size <= 19) ? -1 : Point(value, game.Size);
        if (point >= 0 && !game.IsLegal(point))
            throw new FormatException($"SGF: move {game.Ply + 1}, {(player == 0 ? "black" : "white")} '{Quote.Short(value)}' ({GoPoint.Name(point, game.Size)}), is not legal.");
        game.Apply(new GoMove((short)point));
    }

    static int ReadSize(string? value)
    {
        if (value is null) return 19; // the standard's default
        return int.TryParse(value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= GoGame.MaxSize
            ? size
            : throw new FormatException($"SGF: the size '{Quote.Short(value)}' is not a square board of 1 … {GoGame.MaxSize}.");
    }

    static GoRules ReadRules(SgfNode root)
    {
        // Rules are free text in practice; what is not known is read with the rules that forbid least of what people play.
        var rules = root["RU"]?.Trim().ToUpperInvariant() switch
        {
            "TROMP-TAYLOR" or "NZ" => GoRules.TrompTaylor,
            "POSITIONAL SUPERKO" => GoRules.Chinese,
            "SIMPLE KO, SUICIDE" => new GoRules(Superko: false),
            _ => GoRules.SimpleKo,
        };
        return root["KM"] is { } komi && double.TryParse(komi, NumberStyles.Float, CultureInfo.InvariantCulture, out var points) && double.IsFinite(points)
            ? rules with { Komi = points }
            : rules;
    }

    static string RuleName(GoRules rules) => (rules.Superko, rules.Suicide) switch
    {
        (true, true) => "Tromp-Taylor",
        (true, false) => "Positional superko",
        (false, true) => "Simple ko, suicide",
        (false, false) => "Simple ko",
    };

    /// <summary>Points of a set-up property; <c>aa:cc</c> is a rectangle.</summary>
    static int[] Points(SgfNode node, string property, int size)
    {
        if (!node.Properties.TryGetValue(property, out var values)) return [];
        var points = new List<int>();
        foreach (var value in values)
        {
            var colon = value.IndexOf(':', StringComparison.Ordinal);
            var (a, b) = colon < 0 ? (Point(value, size), Point(value, size)) : (Point(value[..colon], size), Point(value[(colon + 1)..], size));
            for (var row = Math.Min(a / size, b / size); row <= Math.Max(a / size, b / size); row++)
                for (var column = Math.Min(a % size, b % size); column <= Math.Max(a % size, b % size); column++) points.Add(row * size + column);
            if (points.Count > size * size) throw new FormatException($"SGF: {property} sets up more stones than the board has points.");
        }

        return [.. points];
    }

    /// <summary>Two letters, column from the left and row from the top.</summary>
    static int Point(string value, int size) =>
        value is [>= 'a' and <= 'y', >= 'a' and <= 'y'] && value[0] - 'a' < size && value[1] - 'a' < size
            ? (size - 1 - (value[1] - 'a')) * size + value[0] - 'a'
            : throw new FormatException($"SGF: '{Quote.Short(value)}' is not a point of a board of {size}×{size}.");

    static string Name(int point, int size) => $"{(char)('a' + point % size)}{(char)('a' + size - 1 - point / size)}";
}
