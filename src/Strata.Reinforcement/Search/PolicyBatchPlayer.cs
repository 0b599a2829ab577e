using Strata.Games;
using Strata.Random;

namespace Strata.Reinforcement.Search;

/// <summary>Plays the move with the largest prior of an evaluator, without search; at the beginning of a game moves are drawn by their priors.</summary>
/// <param name="name">The name in tables.</param>
/// <param name="evaluator">Judges positions.</param>
/// <param name="random">Of drawn moves.</param>
/// <param name="drawnPlies">Before this ply of a game, moves are drawn.</param>
public sealed class PolicyBatchPlayer<TMove>(string name, Evaluator<TMove> evaluator, RandomStream random, int drawnPlies = 0) : IBatchPlayer<TMove>
    where TMove : unmanaged, IEquatable<TMove>
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public TMove[] Choose(IReadOnlyList<IGame<TMove>> games)
    {
        ArgumentNullException.ThrowIfNull(games);
        var chosen = new TMove[games.Count];
        for (var start = 0; start < games.Count; start += evaluator.Capacity)
        {
            evaluator.Clear();
            var count = Math.Min(evaluator.Capacity, games.Count - start);
            for (var i = 0; i < count; i++) evaluator.Add(games[start + i], games[start + i].LegalMoves());
            evaluator.Evaluate();
            for (var i = 0; i < count; i++)
            {
                var moves = games[start + i].LegalMoves();
                var priors = new float[moves.Length];
                evaluator.Priors(i, priors);
                chosen[start + i] = moves[games[start + i].Ply < drawnPlies ? Draw(priors) : Array.IndexOf(priors, priors.Max())];
            }
        }

        return chosen;
    }

    int Draw(float[] priors)
    {
        var left = random.NextDouble();
        for (var i = 0; i < priors.Length; i++)
            if ((left -= priors[i]) < 0) return i;
        return priors.Length - 1;
    }
}
