using System.Runtime.CompilerServices;

namespace Strata.Games;

/// <summary>Counts the leaves of the tree of legal moves to a fixed depth: the field's test that a move generator is exactly right.
/// Games that end earlier are not extended and count nothing below their end.</summary>
public static class Perft
{
    /// <summary>The number of move sequences of length <paramref name="depth"/>. At the last ply the moves are counted, not played.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="depth"/> is negative.</exception>
    [SkipLocalsInit]
    public static long Count<TMove>(IGame<TMove> game, int depth)
        where TMove : unmanaged, IEquatable<TMove>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(depth);
        if (depth == 0) return 1;
        Span<TMove> moves = stackalloc TMove[game.MaxMoves];
        var count = game.LegalMoves(moves);
        if (depth == 1) return count;
        var nodes = 0L;
        foreach (var move in moves[..count])
        {
            game.Apply(move);
            nodes += Count(game, depth - 1);
            game.Undo();
        }

        return nodes;
    }

    /// <summary>The counts below each legal move, in the order of <see cref="IGame{TMove}.LegalMoves"/>; they sum to <see cref="Count"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="depth"/> is less than 1.</exception>
    public static IEnumerable<(TMove Move, long Nodes)> Divide<TMove>(IGame<TMove> game, int depth)
        where TMove : unmanaged, IEquatable<TMove>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        return Each();

        IEnumerable<(TMove, long)> Each()
        {
            foreach (var move in game.LegalMoves())
            {
                game.Apply(move);
                var nodes = Count(game, depth - 1);
                game.Undo();
                yield return (move, nodes);
            }
        }
    }
}
