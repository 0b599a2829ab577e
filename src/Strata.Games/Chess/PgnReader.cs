using System.Text;

namespace Strata.Games.Chess;

/// <summary>The import format of the PGN standard, character by character: nothing is held but the game being read.</summary>
sealed class PgnReader(TextReader reader)
{
    const int MaxSymbol = 255; // the standard's own limit of a token
    int line = 1;
    bool lineStart = true;

    /// <summary>The next game, or null at the end of the text.</summary>
    public PgnGame? Next()
    {
        var tags = new Dictionary<string, string>();
        var moves = new List<ChessMove>();
        ChessGame? game = null;
        var any = false;
        while (SkipSpace())
        {
            var c = (char)reader.Peek();
            if (c == '[')
            {
                if (game is not null) return Finish(tags, moves, "*"); // the next game's tags: this one had no result
                any = true;
                ReadTag(tags);
                continue;
            }

            any = true;
            game ??= Start(tags);
            if (c == '$')
            {
                Read();
                if (ReadSymbol() is var nag && (nag.Length == 0 || !nag.All(char.IsAsciiDigit))) throw Error("'$' is not followed by a number");
            }
            else if (c == '(')
            {
                SkipVariation();
            }
            else if (ReadSymbol() is var symbol && symbol is "1-0" or "0-1" or "1/2-1/2" or "*")
            {
                return Finish(tags, moves, symbol);
            }
            else if (symbol.Length == 0)
            {
                throw Error($"'{Quote.Short([(char)Read()])}' does not belong here");
            }
            else
            {
                Play(game, moves, symbol);
            }
        }

        return any ? Finish(tags, moves, "*") : null;
    }

    ChessGame Start(Dictionary<string, string> tags)
    {
        if (!tags.TryGetValue("FEN", out var fen)) return new ChessGame();
        try
        {
            return ChessGame.FromFen(fen);
        }
        catch (FormatException e)
        {
            throw Error(e.Message.TrimEnd('.'));
        }
    }

    /// <summary>Plays a move, or reads over a move number such as <c>12.</c> or <c>12...</c>, which may touch its move.</summary>
    void Play(ChessGame game, List<ChessMove> moves, string symbol)
    {
        var dots = symbol.LastIndexOf('.');
        var number = symbol.AsSpan(0, dots + 1).TrimEnd('.');
        if (dots >= 0 && number.ContainsAnyExceptInRange('0', '9')) throw Error($"'{Quote.Short(symbol)}' is neither a move nor a move number");
        var text = symbol.AsSpan(dots + 1);
        if (text.IsEmpty || !text.ContainsAnyExceptInRange('0', '9')) return;
        if (text.ContainsAnyExcept('!', '?') == false) return; // a judgement set apart from its move
        if (!San.TryParse(game, text, out var move))
            throw Error($"'{Quote.Short(text)}' is not a legal move, or not a clear one, in {game.ToFen()}");
        game.Apply(move);
        moves.Add(move);
    }

    static PgnGame Finish(Dictionary<string, string> tags, List<ChessMove> moves, string result)
    {
        tags.TryAdd("Result", result);
        if (tags["Result"] is not ("1-0" or "0-1" or "1/2-1/2" or "*")) tags["Result"] = result;
        return new PgnGame(moves, tags);
    }

    void ReadTag(Dictionary<string, string> tags)
    {
        Read();
        SkipSpace();
        var name = ReadSymbol();
        if (name.Length == 0) throw Error("a tag has no name");
        SkipSpace();
        if (Read() != '"') throw Error($"tag '{Quote.Short(name)}' has no quoted value");
        var value = new StringBuilder();
        for (int c; (c = Read()) != '"';)
        {
            if (c == '\\' && reader.Peek() is '"' or '\\') c = Read();
            if (c is < 0 or '\n' || value.Length > 4 * MaxSymbol) throw Error($"the value of tag '{Quote.Short(name)}' does not end");
            value.Append((char)c);
        }

        SkipSpace();
        if (Read() != ']') throw Error($"tag '{Quote.Short(name)}' does not end with ']'");
        tags[name] = value.ToString();
    }

    string ReadSymbol()
    {
        var text = new StringBuilder();
        while (reader.Peek() is var c and > ' ' && "()[]{};<>\"$".IndexOf((char)c) < 0)
        {
            if (text.Length == MaxSymbol) throw Error($"'{Quote.Short(text.ToString())}' is too long for a move or a tag");
            text.Append((char)Read());
            if (c == '*') break;
        }

        return text.ToString();
    }

    void SkipVariation()
    {
        var (depth, start) = (0, line);
        do
        {
            if (!SkipSpace()) throw Error($"the variation that begins on line {start} does not end");
            var c = Read();
            if (c == '(') depth++;
            else if (c == ')') depth--;
        }
        while (depth > 0);
    }

    /// <summary>Reads over blanks, comments (<c>{…}</c>, <c>; …</c>) and escaped lines (<c>%</c> in the first column); false at the end.</summary>
    bool SkipSpace()
    {
        while (reader.Peek() is var c and >= 0)
        {
            if (c == ';' || (c == '%' && lineStart))
            {
                while (reader.Peek() is >= 0 and not '\n') Read();
            }
            else if (c == '{')
            {
                var start = line;
                for (int inner; (inner = Read()) != '}';)
                    if (inner < 0) throw Error($"the comment that begins on line {start} does not end");
            }
            else if (c <= ' ' || c == '\uFEFF')
            {
                Read();
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    int Read()
    {
        var c = reader.Read();
        lineStart = c == '\n';
        if (lineStart) line++;
        return c;
    }

    FormatException Error(string what) => new($"PGN line {line}: {what}.");
}
