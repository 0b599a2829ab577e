using Strata.Games;

namespace Strata.Reinforcement.Search;

/// <summary>The symmetries of a game's board as tables.</summary>
public sealed class Symmetries
{
    readonly int[][] squares, actions;
    readonly int planes;

    /// <summary>The tables.</summary>
    /// <param name="board">The board.</param>
    /// <param name="actionCount">The size of the policy.</param>
    public Symmetries(IPlanes board, int actionCount)
    {
        ArgumentNullException.ThrowIfNull(board);
        planes = board.PlaneCount;
        squares = Table(board.Height * board.Width, board.SquareUnder);
        actions = Table(actionCount, board.ActionUnder);

        int[][] Table(int count, Func<int, int, int> under) =>
            [.. Enumerable.Range(0, board.SymmetryCount).Select(s => Enumerable.Range(0, count).Select(i => under(s, i)).ToArray())];
    }

    /// <summary>How many there are, the identity (0) among them.</summary>
    public int Count => squares.Length;

    /// <summary>Where a symmetry takes a move.</summary>
    public int ActionUnder(int symmetry, int action) => actions[symmetry][action];

    /// <summary>Turns a position.</summary>
    /// <param name="symmetry">Which way.</param>
    /// <param name="from">[squares, planes].</param>
    /// <param name="to">[squares, planes]; another span.</param>
    public void Turn(int symmetry, ReadOnlySpan<float> from, Span<float> to)
    {
        var table = squares[symmetry];
        for (var i = 0; i < table.Length; i++) from.Slice(i * planes, planes).CopyTo(to[(table[i] * planes)..]);
    }
}
