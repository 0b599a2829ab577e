namespace Strata.Games.Players;

/// <summary>Chooses moves: a search, a network, a person.</summary>
public interface IPlayer<TMove>
    where TMove : unmanaged, IEquatable<TMove>
{
    /// <summary>The name that protocols show.</summary>
    string Name { get; }

    /// <summary>Chooses a legal move of a position that has one. The game may be played on and undone; it is left as it was.</summary>
    /// <param name="game">The position and its history.</param>
    /// <param name="limits">What may be spent.</param>
    /// <param name="report">Told how the search stands, from time to time; may be null.</param>
    /// <param name="stop">Asks for the best move so far, at once.</param>
    TMove Choose(IGame<TMove> game, SearchLimits limits, Action<SearchReport<TMove>>? report, CancellationToken stop);
}
