using Strata.Games;
using Strata.Random;

namespace Strata.Reinforcement.Search;

/// <summary>Searches each game in a new tree and plays the most visited move; at the beginning of a game moves are drawn by their visits, so
/// that games differ.</summary>
/// <param name="name">The name in tables.</param>
/// <param name="evaluators">Makes the evaluator of a thread.</param>
/// <param name="settings">How to search.</param>
/// <param name="random">Of drawn moves and noise.</param>
/// <param name="drawnPlies">Before this ply of a game, moves are drawn.</param>
public sealed class SearchBatchPlayer<TMove>(string name, Func<Evaluator<TMove>> evaluators, SearchSettings settings, RandomStream random, int drawnPlies = 0) : IBatchPlayer<TMove>
    where TMove : unmanaged, IEquatable<TMove>
{
    readonly BatchSearch<TMove> search = new(evaluators, settings);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public TMove[] Choose(IReadOnlyList<IGame<TMove>> games) =>
        [.. search.Run(games, random).Select(tree => tree.Choose(tree.Game.Ply < drawnPlies ? 1 : 0, random))];
}
