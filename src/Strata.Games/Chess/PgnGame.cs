using System.Globalization;
using System.Text;

namespace Strata.Games.Chess;

/// <summary>One game of a PGN file: its tags, the moves of its main line and the result. Comments and variations are read over.</summary>
public sealed class PgnGame
{
    const int LineWidth = 80;
    static readonly string[] roster = ["Event", "Site", "Date", "Round", "White", "Black", "Result"];

    /// <summary>A record of moves that are legal one after another.</summary>
    /// <param name="moves">The moves from the start position, or from that of the tag <c>FEN</c>.</param>
    /// <param name="tags">Names and values; <c>Result</c> is one of <c>1-0</c>, <c>0-1</c>, <c>1/2-1/2</c>, <c>*</c>.</param>
    public PgnGame(IReadOnlyList<ChessMove> moves, IReadOnlyDictionary<string, string>? tags = null) =>
        (Moves, Tags) = (moves, tags ?? new Dictionary<string, string>());

    /// <summary>The record of a game as it was played, its result that of its ending.</summary>
    public static PgnGame Of(ChessGame game)
    {
        ArgumentNullException.ThrowIfNull(game);
        var tags = new Dictionary<string, string>
        {
            ["Result"] = !game.IsTerminal ? "*" : game.Return(0) switch { > 0 => "1-0", < 0 => "0-1", _ => "1/2-1/2" },
        };
        var start = game.Clone();
        while (start.Ply > 0) start.Undo();
        if (start.ToFen() is var fen && fen != ChessVariant.Standard.Start) (tags["SetUp"], tags["FEN"]) = ("1", fen);
        return new PgnGame([.. game.Moves], tags);
    }

    /// <summary>The tag pairs, such as <c>White</c> → <c>Kasparov</c>.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; }

    /// <summary>The moves of the main line.</summary>
    public IReadOnlyList<ChessMove> Moves { get; }

    /// <summary>The result: <c>1-0</c>, <c>0-1</c>, <c>1/2-1/2</c> or <c>*</c>.</summary>
    public string Result => Tags.GetValueOrDefault("Result", "*");

    /// <summary>Reads the games of a file one by one, as they are asked for.</summary>
    /// <exception cref="FormatException">While enumerating: the text is not PGN, or a move is not legal; the line is named.</exception>
    public static IEnumerable<PgnGame> Read(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var pgn = new PgnReader(reader);
        while (pgn.Next() is { } game) yield return game;
    }

    /// <summary>Reads the first game of a text.</summary>
    /// <exception cref="FormatException">The text is not PGN, holds no game, or a move is not legal.</exception>
    public static PgnGame Parse(string text) => Read(new StringReader(text)).FirstOrDefault() ?? throw new FormatException("PGN: the text holds no game.");

    /// <summary>Plays the moves from the start.</summary>
    public ChessGame Replay()
    {
        var game = Tags.TryGetValue("FEN", out var fen) ? ChessGame.FromFen(fen) : new ChessGame();
        foreach (var move in Moves) game.Apply(move);
        return game;
    }

    /// <summary>Writes the game in PGN's export format: the seven-tag roster first, then the other tags, then the moves.</summary>
    public void Write(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        foreach (var name in roster)
            WriteTag(writer, name, Tags.GetValueOrDefault(name, name switch { "Date" => "????.??.??", "Result" => "*", _ => "?" }));
        foreach (var (name, value) in Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))
            if (!roster.Contains(name)) WriteTag(writer, name, value);
        writer.Write('\n');

        var game = Tags.TryGetValue("FEN", out var fen) ? ChessGame.FromFen(fen) : new ChessGame();
        var column = 0;
        foreach (var move in Moves)
        {
            if (game.Player == 0 || game.Ply == 0)
                WriteWord(string.Create(CultureInfo.InvariantCulture, $"{game.Fullmove}{(game.Player == 0 ? "." : "...")}"));
            WriteWord(San.Format(game, move));
            game.Apply(move);
        }

        WriteWord(Result);
        writer.Write("\n\n");

        void WriteWord(string word)
        {
            if (column > 0)
            {
                var fits = column + 1 + word.Length < LineWidth;
                writer.Write(fits ? ' ' : '\n');
                column = fits ? column + 1 : 0;
            }

            writer.Write(word);
            column += word.Length;
        }
    }

    /// <summary>The game as PGN.</summary>
    public override string ToString()
    {
        var writer = new StringWriter(CultureInfo.InvariantCulture);
        Write(writer);
        return writer.ToString();
    }

    static void WriteTag(TextWriter writer, string name, string value)
    {
        var text = new StringBuilder().Append('[').Append(name).Append(" \"");
        foreach (var c in value)
        {
            if (c is '"' or '\\') text.Append('\\');
            text.Append(char.IsControl(c) ? ' ' : c);
        }

        writer.Write(text.Append("\"]\n").ToString());
    }
}
