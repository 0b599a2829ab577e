using Strata.Games.Protocols;

namespace Strata.Games.Tests.Protocols;

/// <summary>Says lines to an engine and returns what it answered.</summary>
static class Conversation
{
    public static string[] With<TMove>(UniversalEngine<TMove> engine, params string[] lines)
        where TMove : unmanaged, IEquatable<TMove>
    {
        var output = new StringWriter();
        engine.Run(new StringReader(string.Join('\n', lines)), output);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The answers of a GTP engine, one for each command.</summary>
    public static string[] With(GtpEngine engine, params string[] lines)
    {
        var output = new StringWriter();
        engine.Run(new StringReader(string.Join('\n', lines)), output);
        return output.ToString().Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
    }

    public static readonly string[] Rubbish =
    [
        "", "   ", "\t\t", "\0\0\0", "go go go", "position", "position fen", "position sfen", "position startpos moves", "position startpos moves 9z9z",
        "position moves e2e4", "position fen 8/8/8/8/8/8/8/8 w - - 0 1", "position sfen 9/9/9/9/9/9/9/9/9 b - 1", "setoption", "setoption name",
        "setoption name X value Y", "setoption value", "go depth", "go perft", "go perft x", "go perft 0", "isreadyy", "stop", "ponderhit", "ucinewgame",
        "usinewgame", "\u00e9\u4e00\ud83d", "play", "play b", "play b Z99", "play x D4", "genmove", "genmove x", "boardsize", "boardsize x", "boardsize 26",
        "boardsize -1", "komi", "komi x", "komi NaN", "undo", "known_command", "fixed_handicap 99", "set_free_handicap", "set_free_handicap D4 D4", "time_left b",
        "time_settings", "loadsgf", "loadsgf /no/such/file", "99999999999999999999 name", "-1 name", "1", "#", "# only a comment",
    ];
}
