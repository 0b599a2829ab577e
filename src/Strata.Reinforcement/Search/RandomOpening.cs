using Strata.Games;
using Strata.Random;

namespace Strata.Reinforcement.Search;

/// <summary>Moves drawn uniformly at the beginning of some games of self-play, which learn from the positions after them alone. A player that meets
/// only its own moves knows nothing of others'; AlphaGo drew a move at random in each game that its value network learned from, for the same reason
/// (Silver et al. 2016, Methods).</summary>
/// <param name="Share">The share of games that begin so, 0 … 1.</param>
/// <param name="MostPlies">They begin with 1 … so many moves, each number as likely as the others.</param>
public sealed record RandomOpening(double Share, int MostPlies)
{
    internal void Check()
    {
        if (!(Share is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(Share), Share, "RandomOpening: the share must be in 0 … 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MostPlies, 1);
    }

    /// <summary>Draws the moves of a game's opening, often none. None of them ends the game.</summary>
    internal List<TMove> Draw<TMove>(IGame<TMove> start, RandomStream random)
        where TMove : unmanaged, IEquatable<TMove>
    {
        if (random.NextDouble() >= Share) return [];
        var plies = 1 + random.NextInt(MostPlies);
        while (true)
        {
            var game = start.Clone();
            var moves = new List<TMove>();
            while (moves.Count < plies && !game.IsTerminal)
            {
                var legal = game.LegalMoves();
                moves.Add(legal[random.NextInt(legal.Length)]);
                game.Apply(moves[^1]);
            }

            if (!game.IsTerminal) return moves;
        }
    }
}
