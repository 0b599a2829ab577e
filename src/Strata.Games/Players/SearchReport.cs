namespace Strata.Games.Players;

/// <summary>How a search stands.</summary>
/// <param name="Depth">Plies of look-ahead completed.</param>
/// <param name="Score">Worth to the player to move: hundredths of a pawn where the game has pawns, else hundredths of a win (−100 … 100);
/// at or beyond ±<see cref="ForcedWin"/> the end of the line is forced.</param>
/// <param name="Nodes">Positions or simulations so far.</param>
/// <param name="Elapsed">Time so far.</param>
/// <param name="Line">The moves expected from here, the best first.</param>
public sealed record SearchReport<TMove>(int Depth, int Score, long Nodes, TimeSpan Elapsed, IReadOnlyList<TMove> Line)
{
    /// <summary>The least score of a forced win.</summary>
    public const int ForcedWin = 30_000;
}
