namespace Strata.Games;

/// <summary>What a network sees of a game: a stack of planes over the board, always from the side of the player to move, and the symmetries
/// under which position and policy may be turned. An interface of its own beside <see cref="IGame{TMove}"/>: search needs none of it.</summary>
public interface IPlanes
{
    /// <summary>Rows of a plane.</summary>
    int Height { get; }

    /// <summary>Columns of a plane.</summary>
    int Width { get; }

    /// <summary>The number of planes.</summary>
    int PlaneCount { get; }

    /// <summary>Writes the position.</summary>
    /// <param name="planes">[Height, Width, PlaneCount], channels last; every element is written.</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    void WritePlanes(Span<float> planes);

    /// <summary>How many symmetries the board has, the identity (0) among them.</summary>
    int SymmetryCount => 1;

    /// <summary>Where a symmetry takes a square (row · Width + column of the planes).</summary>
    int SquareUnder(int symmetry, int square) => square;

    /// <summary>Where a symmetry takes an index of the policy.</summary>
    int ActionUnder(int symmetry, int action) => action;
}
