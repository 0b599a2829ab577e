using Strata.Games;

namespace Strata.Reinforcement.Search;

/// <summary>A game played for learning: its moves and what the search made of each position. Positions are not stored, but played again
/// when they are wanted; a position of 19×19 Go is 24 kB as planes and two bytes as a move.</summary>
/// <param name="Moves">The moves from the start on.</param>
/// <param name="Policies">π of the position before each move that is not of the <see cref="Opening"/>.</param>
/// <param name="Result">What the game was worth to player 0: −1 … 1.</param>
public sealed record SelfPlayGame<TMove>(IReadOnlyList<TMove> Moves, IReadOnlyList<SparsePolicy> Policies, double Result)
    where TMove : unmanaged, IEquatable<TMove>
{
    /// <summary>How many of the first moves were drawn at random: nothing is learned from the positions before them.</summary>
    public int Opening { get; init; }

    /// <summary>What the search made of each of those positions, to the player to move: −1 … 1. Empty if that is not known.</summary>
    public IReadOnlyList<float> Values { get; init; } = [];

    /// <summary>The position before move <paramref name="ply"/>.</summary>
    public IGame<TMove> PositionAt(IGame<TMove> start, int ply)
    {
        ArgumentNullException.ThrowIfNull(start);
        var game = start.Clone();
        for (var i = 0; i < ply; i++) game.Apply(Moves[i]);
        return game;
    }
}

/// <summary>Shares of the moves that have one.</summary>
/// <param name="Actions">Their numbers, as <see cref="IGame{TMove}.ActionOf"/> gives them.</param>
/// <param name="Shares">Positive; their sum is 1.</param>
public sealed record SparsePolicy(int[] Actions, float[] Shares)
{
    /// <summary>π of a searched tree: the shares of the visits.</summary>
    public static SparsePolicy Of<TMove>(SearchTree<TMove> tree)
        where TMove : unmanaged, IEquatable<TMove>
    {
        ArgumentNullException.ThrowIfNull(tree);
        var (moves, policy) = (tree.Moves, tree.Policy());
        int[] kept = [.. Enumerable.Range(0, moves.Length).Where(i => policy[i] > 0)];
        return new SparsePolicy([.. kept.Select(i => tree.Game.ActionOf(moves[i].Move))], [.. kept.Select(i => (float)policy[i])]);
    }
}
