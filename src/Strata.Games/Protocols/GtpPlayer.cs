using System.Globalization;
using Strata.Games.Go;
using Strata.Games.Players;

namespace Strata.Games.Protocols;

/// <summary>A player whose moves an outside engine chooses over GTP, such as GNU Go with <c>--mode gtp --chinese-rules</c>.</summary>
public sealed class GtpPlayer : IPlayer<GoMove>
{
    readonly EngineConnection engine;

    /// <summary>Opens the conversation.</summary>
    /// <param name="engine">The engine; it stays the caller's to dispose.</param>
    /// <exception cref="EngineException">The engine does not answer, or refuses.</exception>
    public GtpPlayer(EngineConnection engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        this.engine = engine;
        Name = Quote.Short(Ask("name"));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    /// <remarks>The engine is given the whole game anew; of the limits it hears the time, in whole seconds of at least one.</remarks>
    /// <exception cref="EngineException">The engine died, hung, refused a command, resigned, or chose a move that is not legal.</exception>
    public GoMove Choose(IGame<GoMove> game, SearchLimits limits, Action<SearchReport<GoMove>>? report, CancellationToken stop)
    {
        var go = (GoGame)game;
        Ask($"boardsize {go.Size}");
        Ask("clear_board");
        Ask(string.Create(CultureInfo.InvariantCulture, $"komi {go.Rules.Komi}"));
        if (limits.Time is { } time) Ask(string.Create(CultureInfo.InvariantCulture, $"time_settings 0 {Math.Max(1, (int)time.TotalSeconds)} 1"));
        var start = go.Clone();
        while (start.Ply > 0) start.Undo();
        for (var point = 0; point < go.Size * go.Size; point++)
            if (start.ColorAt(point) >= 0) Ask($"play {Color(start.ColorAt(point))} {GoPoint.Name(point, go.Size)}");
        foreach (var (player, played) in go.Moves) Ask($"play {Color(player)} {go.Format(played)}");
        var answer = Ask($"genmove {Color(go.Player)}", limits.Time ?? default);
        return go.TryParse(answer, out var move) ? move : throw new EngineException($"{engine.Name}: '{Quote.Short(answer)}' is not a legal move.");
    }

    static char Color(int player) => player == 0 ? 'b' : 'w';

    /// <summary>The first line of the answer to a command; the rest, up to the empty line that ends it, is read over.</summary>
    string Ask(string command, TimeSpan time = default)
    {
        engine.Say(command);
        var answer = engine.Await(line => line.Length > 0, $"answer to '{Quote.Short(command)}'", time);
        engine.Await(line => line.Length == 0, $"end of the answer to '{Quote.Short(command)}'");
        return answer[0] == '=' ? answer[1..].Trim() : throw new EngineException($"{engine.Name}: answers '{Quote.Short(command)}' with '{Quote.Short(answer)}'.");
    }
}
