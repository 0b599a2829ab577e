using Strata.Games;
using Strata.Games.Players;

namespace Strata.Reinforcement.Search;

/// <summary>Lets a player of single games play many, one after the other.</summary>
/// <param name="player">The player.</param>
/// <param name="limits">What a move may spend.</param>
public sealed class SingleBatchPlayer<TMove>(IPlayer<TMove> player, SearchLimits limits) : IBatchPlayer<TMove>
    where TMove : unmanaged, IEquatable<TMove>
{
    /// <inheritdoc/>
    public string Name => player.Name;

    /// <inheritdoc/>
    public TMove[] Choose(IReadOnlyList<IGame<TMove>> games) => [.. games.Select(game => player.Choose(game.Clone(), limits, null, default))];
}
