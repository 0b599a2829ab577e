namespace Strata.Games.Go;

/// <summary>A stone on a point, or a pass.</summary>
/// <param name="Point">row · size + column from the lower left (A1 = 0), or −1 for a pass.</param>
public readonly record struct GoMove(short Point)
{
    /// <summary>The move that places no stone.</summary>
    public static GoMove Pass { get; } = new(-1);

    /// <summary>Whether the move is a pass.</summary>
    public bool IsPass => Point < 0;
}
