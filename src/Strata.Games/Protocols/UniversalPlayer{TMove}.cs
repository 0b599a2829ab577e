using System.Globalization;
using Strata.Games.Players;

namespace Strata.Games.Protocols;

/// <summary>A player whose moves an outside engine chooses over UCI or USI.</summary>
public sealed class UniversalPlayer<TMove> : IPlayer<TMove>
    where TMove : unmanaged, IEquatable<TMove>
{
    readonly EngineConnection engine;
    readonly Func<IGame<TMove>, string> position;

    /// <summary>Opens the conversation.</summary>
    /// <param name="engine">The engine; it stays the caller's to dispose.</param>
    /// <param name="opening"><c>uci</c> or <c>usi</c>.</param>
    /// <param name="position">Writes the words after <c>position</c> for a game.</param>
    /// <param name="options">Options to set, by name.</param>
    internal UniversalPlayer(
        EngineConnection engine, string opening, Func<IGame<TMove>, string> position, IReadOnlyDictionary<string, string>? options)
    {
        (this.engine, this.position, Name) = (engine, position, engine.Name);
        engine.Say(opening);
        engine.Await(line =>
        {
            if (line.StartsWith("id name ", StringComparison.Ordinal)) Name = Quote.Short(line.AsSpan("id name ".Length));
            return line == opening + "ok";
        }, $"{opening}ok");
        foreach (var (name, value) in options ?? new Dictionary<string, string>()) engine.Say($"setoption name {name} value {value}");
        engine.Say("isready");
        engine.Await(line => line == "readyok", "readyok");
    }

    /// <inheritdoc/>
    public string Name { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="EngineException">The engine died, hung, or chose a move that is not legal.</exception>
    public TMove Choose(IGame<TMove> game, SearchLimits limits, Action<SearchReport<TMove>>? report, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(game);
        var culture = CultureInfo.InvariantCulture;
        var bounds = (limits.Time is { } time ? string.Create(culture, $" movetime {Math.Max(1, (long)time.TotalMilliseconds)}") : "")
            + (limits.Depth is { } depth ? string.Create(culture, $" depth {depth}") : "")
            + (limits.Nodes is { } nodes ? string.Create(culture, $" nodes {nodes}") : "");
        engine.Say($"position {position(game)}");
        engine.Say($"go{(bounds.Length > 0 ? bounds : " infinite")}");
        var answer = engine.Await(
            line => line.StartsWith("bestmove", StringComparison.Ordinal), "bestmove", limits.Time ?? default, stop, () => engine.Say("stop"));
        var words = answer.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && game.TryParse(words[1], out var move)
            ? move
            : throw new EngineException($"{engine.Name}: '{Quote.Short(answer)}' names no legal move of {game}.");
    }
}
