using System.Globalization;
using Strata.Games.Go;
using Strata.Games.Players;

namespace Strata.Games.Protocols;

/// <summary>Go over the Go Text Protocol, version 2 (G. Farnebäck).</summary>
public sealed class GtpEngine
{
    readonly IPlayer<GoMove> player;
    readonly SearchLimits limits;
    readonly Dictionary<string, Func<string[], string>> commands;
    readonly TimeSpan?[] timeLeft = new TimeSpan?[2];
    readonly int[] stonesLeft = new int[2];
    readonly bool fixedSize;
    GoGame game;
    bool running;

    /// <summary>An engine on an empty board.</summary>
    /// <param name="player">Chooses the moves; by default plain Monte-Carlo.</param>
    /// <param name="limits">What a move may spend while no clock is set; a second by default.</param>
    /// <param name="size">Of the board until <c>boardsize</c> says otherwise, 1 … 25.</param>
    /// <param name="rules">Chinese by default: what other programs take a GTP game to be.</param>
    /// <param name="fixedSize">Whether the player knows no other board, so that <c>boardsize</c> refuses the rest.</param>
    public GtpEngine(IPlayer<GoMove>? player = null, SearchLimits? limits = null, int size = 19, GoRules? rules = null, bool fixedSize = false)
    {
        this.fixedSize = fixedSize;
        this.player = player ?? new MonteCarloPlayer<GoMove>(new GoPlayout());
        this.limits = limits ?? new SearchLimits(Time: TimeSpan.FromSeconds(1));
        game = new GoGame(size, rules ?? GoRules.Chinese);
        commands = new()
        {
            ["protocol_version"] = _ => "2",
            ["name"] = _ => this.player.Name,
            ["version"] = _ => typeof(GtpEngine).Assembly.GetName().Version!.ToString(3),
            ["known_command"] = words => words.Length == 1 && commands!.ContainsKey(words[0]) ? "true" : "false",
            ["list_commands"] = _ => string.Join('\n', commands!.Keys.Order(StringComparer.Ordinal)),
            ["quit"] = _ => Quit(),
            ["boardsize"] = BoardSize,
            ["clear_board"] = _ => Clear(game.Size),
            ["komi"] = Komi,
            ["play"] = Play,
            ["genmove"] = words => GenerateMove(words, keep: true),
            ["reg_genmove"] = words => GenerateMove(words, keep: false),
            ["undo"] = _ => Undo(),
            ["showboard"] = _ => $"\n{game}",
            ["final_score"] = _ => Sgf.Result(game.Score),
            ["fixed_handicap"] = words => Handicap(FixedHandicap(words)),
            ["place_free_handicap"] = words => Handicap(FixedHandicap(words)),
            ["set_free_handicap"] = SetFreeHandicap,
            ["time_settings"] = TimeSettings,
            ["time_left"] = TimeLeft,
            ["loadsgf"] = LoadSgf,
            ["printsgf"] = _ => Sgf.Write(game).ToString(),
        };
    }

    /// <summary>A command that cannot be carried out, and the protocol's words for why.</summary>
    sealed class Refusal(string message) : Exception(message);

    /// <summary>Answers commands until <c>quit</c> or the end of the input.</summary>
    public void Run(TextReader input, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        var lines = new LineSource(input);
        running = true;
        while (running && lines.Next(out var tooLong) is { } line)
        {
            var comment = line.IndexOf('#', StringComparison.Ordinal);
            var words = (comment < 0 ? line : line[..comment]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0) continue;
            var id = int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : "";
            if (id.Length > 0) words = words[1..];
            var (mark, answer) = tooLong ? ('?', "line too long") : words.Length == 0 ? ('?', "syntax error") : Answer(words);
            try
            {
                output.Write($"{mark}{id} {answer}\n\n");
                output.Flush();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                return; // the other side has gone
            }
        }
    }

    (char Mark, string Text) Answer(string[] words)
    {
        if (!commands.TryGetValue(words[0], out var command)) return ('?', "unknown command");
        try
        {
            return ('=', command(words[1..]));
        }
        catch (Refusal e)
        {
            return ('?', e.Message);
        }
        catch (Exception e)
        {
            return ('?', $"{words[0]}: {e.Message.ReplaceLineEndings(" ")}"); // a player or file that fails must not end the conversation
        }
    }

    string Quit()
    {
        running = false;
        return "";
    }

    string BoardSize(string[] words)
    {
        if (words.Length != 1 || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var size)) throw new Refusal("boardsize not an integer");
        return size is >= 1 and <= GoGame.MaxSize && (!fixedSize || size == game.Size) ? Clear(size) : throw new Refusal("unacceptable size");
    }

    string Clear(int size)
    {
        game = new GoGame(size, game.Rules);
        return "";
    }

    string Komi(string[] words)
    {
        if (words.Length != 1 || !double.TryParse(words[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var komi) || !double.IsFinite(komi))
            throw new Refusal("komi not a float");
        game.Rules = game.Rules with { Komi = komi };
        return "";
    }

    string Play(string[] words)
    {
        if (words.Length != 2) throw new Refusal("syntax error");
        var color = Color(words[0]);
        var pass = words[1].Equals("pass", StringComparison.OrdinalIgnoreCase);
        var point = -1;
        if (!pass && !GoPoint.TryParse(words[1], game.Size, out point)) throw new Refusal("invalid color or coordinate");
        Turn(color);
        if (!pass && !game.IsLegal(point)) throw new Refusal("illegal move");
        game.Apply(new GoMove((short)point));
        return "";
    }

    string GenerateMove(string[] words, bool keep)
    {
        if (words.Length != 1) throw new Refusal("syntax error");
        var color = Color(words[0]);
        Turn(color);
        var bounds = timeLeft[color] is { } left
            ? new SearchLimits(SearchLimits.Share(left, TimeSpan.Zero, stonesLeft[color] > 0 ? stonesLeft[color] : null))
            : limits;
        var move = player.Choose(game.Clone(), bounds, null, CancellationToken.None);
        var text = game.Format(move);
        if (keep) game.Apply(move);
        return text;
    }

    string Undo()
    {
        if (game.Ply == 0) throw new Refusal("cannot undo");
        game.Undo();
        return "";
    }

    /// <summary>Gives the turn to a color. Two passes do not end a game of GTP: the controller decides.</summary>
    void Turn(int color)
    {
        if (game.IsTerminal) game.Resume();
        game.SetPlayer(color);
    }

    string SetFreeHandicap(string[] words)
    {
        if (words.Length < 2) throw new Refusal("bad vertex list");
        return Handicap([.. words.Select(word => GoPoint.TryParse(word, game.Size, out var point) ? point : throw new Refusal("bad vertex list"))]);
    }

    /// <summary>Puts black stones on an empty board and gives white the turn.</summary>
    string Handicap(int[] points)
    {
        if (game.Ply > 0 || Enumerable.Range(0, game.Size * game.Size).Any(p => game.ColorAt(p) >= 0)) throw new Refusal("board not empty");
        if (points.Distinct().Count() < points.Length || points.Length >= game.Size * game.Size) throw new Refusal("bad vertex list");
        game = GoGame.SetUp(game.Size, points, [], player: 1, game.Rules);
        return string.Join(' ', points.Select(p => GoPoint.Name(p, game.Size)));
    }

    /// <summary>The points that section 4.1.1 of the protocol names for 2 … 9 stones.</summary>
    int[] FixedHandicap(string[] words)
    {
        if (words.Length != 1 || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count)) throw new Refusal("handicap not an integer");
        var size = game.Size;
        if (size < 7 || count < 2 || count > (size % 2 == 0 || size == 7 ? 4 : 9)) throw new Refusal("invalid handicap");
        int low = size >= 13 ? 3 : 2, high = size - 1 - low, middle = size / 2;
        int At(int column, int row) => row * size + column;
        int[] corners = [At(low, low), At(high, high), At(low, high), At(high, low)];
        int[] sides = [At(low, middle), At(high, middle), At(middle, low), At(middle, high)];
        return count <= 4 ? corners[..count]
            : count % 2 == 0 ? [.. corners, .. sides[..(count - 4)]]
            : [.. corners, .. sides[..(count - 5)], At(middle, middle)];
    }

    string TimeSettings(string[] words)
    {
        var times = words.Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : throw new Refusal("syntax error")).ToArray();
        if (times.Length != 3) throw new Refusal("syntax error");
        var (main, period, stones) = (times[0], times[1], times[2]);
        var unlimited = period > 0 && stones == 0; // the protocol's way to say so
        for (var color = 0; color < 2; color++)
        {
            timeLeft[color] = unlimited ? null : TimeSpan.FromSeconds(main > 0 ? main : period);
            stonesLeft[color] = main > 0 ? 0 : stones;
        }

        return "";
    }

    string TimeLeft(string[] words)
    {
        if (words.Length != 3 || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || !int.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var stones)) throw new Refusal("syntax error");
        var color = Color(words[0]);
        (timeLeft[color], stonesLeft[color]) = (TimeSpan.FromSeconds(seconds), stones);
        return "";
    }

    string LoadSgf(string[] words)
    {
        if (words.Length is < 1 or > 2) throw new Refusal("syntax error");
        GoGame read;
        try
        {
            read = Sgf.Read(File.ReadAllText(words[0]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new Refusal($"cannot load file: {e.Message.ReplaceLineEndings(" ")}");
        }

        if (fixedSize && read.Size != game.Size) throw new Refusal($"cannot load file: the board must be {game.Size}×{game.Size}");

        if (words.Length == 2)
        {
            // The position before the move of this number.
            if (!int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1) throw new Refusal("syntax error");
            while (read.Ply >= number) read.Undo();
        }

        game = read;
        return "";
    }

    static int Color(string word) => word.ToUpperInvariant() switch
    {
        "B" or "BLACK" => 0,
        "W" or "WHITE" => 1,
        _ => throw new Refusal("invalid color or coordinate"),
    };
}
