namespace Strata.Games.Players;

/// <summary>Legal moves chosen uniformly at random.</summary>
/// <param name="maxPlies">A game longer than this counts as a draw.</param>
public sealed class RandomPlayout<TMove>(int maxPlies = 1000) : IPlayout<TMove>
    where TMove : unmanaged, IEquatable<TMove>
{
    /// <inheritdoc/>
    public bool IsSensible(IGame<TMove> game, TMove move) => true;

    /// <inheritdoc/>
    public double Run(IGame<TMove> game, int player, Random random)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(random);
        Span<TMove> moves = stackalloc TMove[game.MaxMoves];
        for (var plies = 0; plies < maxPlies && !game.IsTerminal; plies++) game.Apply(moves[random.Next(game.LegalMoves(moves))]);
        return game.Return(player);
    }
}
