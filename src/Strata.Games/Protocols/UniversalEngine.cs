using System.Globalization;
using Strata.Games.Players;

namespace Strata.Games.Protocols;

/// <summary>What the universal chess and shogi interfaces share: commands come in while a search runs on a thread of its own, and every
/// <c>go</c> is answered by one <c>bestmove</c>. What is malformed or illegal is named in an <c>info string</c> and changes nothing.</summary>
/// <param name="player">Chooses the moves.</param>
/// <param name="limits">What a <c>go</c> may spend that sets no bound; a second by default.</param>
public abstract class UniversalEngine<TMove>(IPlayer<TMove> player, SearchLimits? limits = null)
    where TMove : unmanaged, IEquatable<TMove>
{
    const int SearchStack = 16 << 20; // bytes: a search is recursive and keeps its moves on the stack
    const int MaxPerft = 9; // it cannot be stopped, and deeper counts take days
    static readonly TimeSpan patience = TimeSpan.FromSeconds(5); // for a player to obey a stop before the engine leaves without it
    static readonly TimeSpan patienceInPipe = TimeSpan.FromMinutes(1);
    static readonly SearchLimits oneSecond = new(Time: TimeSpan.FromSeconds(1));

    readonly Lock gate = new();
    TextWriter output = TextWriter.Null;
    Thread? search;
    CancellationTokenSource stop = new();
    ManualResetEventSlim released = new();

    /// <summary>The position that <c>go</c> searches.</summary>
    protected abstract IGame<TMove> Game { get; }

    /// <summary>The answer to the opening command, up to <c>uciok</c> or <c>usiok</c>.</summary>
    protected abstract string Greeting { get; }

    /// <summary>The word that opens the conversation, <c>uci</c> or <c>usi</c>.</summary>
    protected abstract string Opening { get; }

    /// <summary>What <c>bestmove</c> says where there is no move to choose.</summary>
    protected abstract string NoMove { get; }

    /// <summary>The name of the player.</summary>
    protected string PlayerName => player.Name;

    /// <summary>Sets up a position from the words after <c>position</c>.</summary>
    /// <exception cref="FormatException">They name no position, or a move in them is not legal; the engine's position is unchanged.</exception>
    protected abstract void SetPosition(ReadOnlySpan<string> words);

    /// <summary>Forgets the game before.</summary>
    protected abstract void NewGame();

    /// <summary>Which of the two clocks, 0 for <c>wtime</c> and 1 for <c>btime</c>, is that of the player to move.</summary>
    protected abstract bool WhiteClock { get; }

    /// <summary>A reply to <c>go</c> that needs no search, or null: a <c>bestmove</c> that is no move, an unsupported kind of search.</summary>
    protected virtual string? ImmediateReply(ReadOnlySpan<string> words) => null;

    /// <summary>Answers commands until <c>quit</c> or the end of the input; a search with a bound is finished first in the latter case.</summary>
    public void Run(TextReader input, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        this.output = output;
        var lines = new LineSource(input);
        while (lines.Next(out var tooLong) is { } line)
        {
            if (tooLong) Complain($"a line of more than {LineSource.MaxLength} characters was ignored");
            else if (!Obey(line.Split(' ', StringSplitOptions.RemoveEmptyEntries))) break;
        }

        // At the end of the input nobody is left to say stop, but whoever wrote the commands to a pipe may still wait for the answer.
        if (released.IsSet) search?.Join(patienceInPipe);
        StopSearch();
        lock (gate) this.output = TextWriter.Null; // a player that ignored the stop may still speak
    }

    /// <summary>Carries out one command; false for <c>quit</c>. Words before a known command are skipped, as UCI asks.</summary>
    bool Obey(string[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var rest = words.AsSpan(i + 1);
            if (words[i] == Opening)
            {
                Say($"{Greeting}\n{Opening}ok");
                return true;
            }

            switch (words[i])
            {
                case "isready":
                    Say("readyok");
                    return true;
                case "ucinewgame" or "usinewgame":
                    StopSearch();
                    NewGame();
                    return true;
                case "position":
                    Position(rest);
                    return true;
                case "go":
                    Go(rest);
                    return true;
                case "stop" or "ponderhit":
                    stop.Cancel();
                    released.Set();
                    return true;
                case "d":
                    Say(Game.ToString()!);
                    return true;
                case "setoption":
                    SetOption(rest);
                    return true;
                case "debug" or "register" or "gameover":
                    return true;
                case "quit":
                    StopSearch();
                    return false;
                default:
                    break;
            }
        }

        if (words.Length > 0) Complain($"unknown command '{Quote.Short(words[0])}'");
        return true;
    }

    void Position(ReadOnlySpan<string> words)
    {
        try
        {
            SetPosition(words);
        }
        catch (FormatException e)
        {
            Complain($"position: {e.Message}");
        }
    }

    void SetOption(ReadOnlySpan<string> words)
    {
        var value = words.IndexOf("value");
        var name = words.Length > 1 && words[0] == "name" ? string.Join(' ', words[1..(value < 0 ? words.Length : value)]!) : "";
        if (name is not ("USI_Ponder" or "USI_Hash")) Complain($"setoption: there is no option '{Quote.Short(name)}'"); // GUIs send these two unasked
    }

    void Go(ReadOnlySpan<string> words)
    {
        if (search is { IsAlive: true })
        {
            if (!released.IsSet)
            {
                Complain("go: an endless search is running; stop it first");
                return;
            }

            if (!search.Join(patienceInPipe)) StopSearch(); // commands from a pipe come faster than moves: one after another
        }

        if (words.Length > 0 && words[0] == "perft")
        {
            Perft(words[1..]);
            return;
        }

        if (ImmediateReply(words) is { } reply)
        {
            Say(reply);
            return;
        }

        var bounds = Bounds(words);
        var game = Game.Clone();
        var endless = bounds.IsInfinite;
        var (token, free) = ((stop = new CancellationTokenSource()).Token, released = new ManualResetEventSlim(!endless));
        search = new Thread(() => Search(game, bounds, token, free), SearchStack) { IsBackground = true, Name = "search" };
        search.Start();
    }

    void Perft(ReadOnlySpan<string> words)
    {
        if (words.Length != 1 || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var depth) || depth is < 1 or > MaxPerft)
        {
            Complain($"go perft: needs a depth in 1 … {MaxPerft}");
            return;
        }

        using var text = new StringWriter { NewLine = "\n" };
        PerftCommand.Run(Game, depth, text);
        Say(text.ToString().TrimEnd());
    }

    /// <summary>Reads the bounds of a <c>go</c>. A word that is wrong is named and left out: the other side waits for a move all the same.</summary>
    SearchLimits Bounds(ReadOnlySpan<string> words)
    {
        long? depth = null, nodes = null, moveTime = null, left = null, increment = null, byoyomi = null, movesToGo = null;
        var (mine, endless) = (WhiteClock ? 'w' : 'b', false);
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            if (word is "infinite" or "ponder")
            {
                endless = true;
                continue;
            }

            if (word is not ("depth" or "nodes" or "movetime" or "wtime" or "btime" or "winc" or "binc" or "byoyomi" or "movestogo" or "mate"))
            {
                Complain($"go: '{Quote.Short(word)}' is not understood");
                continue;
            }

            if (i + 1 == words.Length || !long.TryParse(words[i + 1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                Complain($"go: '{word}' needs a whole number, not '{Quote.Short(i + 1 < words.Length ? words[i + 1] : "")}'");
                continue;
            }

            i++;
            number = Math.Clamp(number, 0, int.MaxValue);
            if (word == "depth") depth = Math.Max(1, number);
            else if (word == "mate") depth = Math.Max(1, 2 * number - 1);
            else if (word == "nodes") nodes = Math.Max(1, number);
            else if (word == "movetime") moveTime = number;
            else if (word == "byoyomi") byoyomi = number;
            else if (word == "movestogo") movesToGo = number;
            else if (word == $"{mine}time") left = number;
            else if (word == $"{mine}inc") increment = number;
        }

        if (endless) return default;
        TimeSpan? time = moveTime is { } fixedTime ? TimeSpan.FromMilliseconds(Math.Max(1, fixedTime - 20))
            : left is { } clock || byoyomi is not null
                ? SearchLimits.Share(TimeSpan.FromMilliseconds(left ?? 0), TimeSpan.FromMilliseconds(increment ?? 0), (int?)movesToGo)
                    + TimeSpan.FromMilliseconds(Math.Max(0, 0.9 * (byoyomi ?? 0) - 50))
                : null;
        var bounds = new SearchLimits(time, (int?)depth, nodes);
        return bounds.IsInfinite ? limits ?? oneSecond : bounds;
    }

    void Search(IGame<TMove> game, SearchLimits bounds, CancellationToken token, ManualResetEventSlim free)
    {
        var answer = NoMove;
        try
        {
            if (game.LegalMoves() is { Length: > 0 } moves)
            {
                answer = game.Format(moves[0]); // should the player fail
                var start = game.Clone();
                answer = start.Format(player.Choose(game, bounds, report => Say(Info(start, report)), token));
            }
        }
        catch (Exception e)
        {
            Complain($"{player.Name}: {e.Message}");
        }

        free.Wait(CancellationToken.None); // an endless search may know its move early, but has to wait for stop
        Say($"bestmove {answer}");
    }

    static string Info(IGame<TMove> start, SearchReport<TMove> report)
    {
        var score = Math.Abs(report.Score) < SearchReport<TMove>.ForcedWin
            ? $"cp {report.Score}"
            : $"mate {Math.Sign(report.Score) * ((report.Line.Count + 1) / 2)}";
        var milliseconds = (long)report.Elapsed.TotalMilliseconds;
        var line = string.Join(' ', report.Line.Select(start.Format));
        return string.Create(CultureInfo.InvariantCulture,
            $"info depth {report.Depth} score {score} nodes {report.Nodes} time {milliseconds} nps {report.Nodes * 1000 / Math.Max(1, milliseconds)} pv {line}");
    }

    void StopSearch()
    {
        stop.Cancel();
        released.Set();
        search?.Join(patience);
        search = null;
    }

    void Complain(string what) => Say($"info string {what.ReplaceLineEndings(" ")}");

    void Say(string text)
    {
        lock (gate)
        {
            try
            {
                output.Write(text + "\n");
                output.Flush();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                output = TextWriter.Null; // the other side has gone; the end of its input follows
            }
        }
    }
}
