namespace Strata.Games.Players;

/// <summary>What may be spent on one move. The first bound reached ends the search; without any, only the stop signal does.</summary>
/// <param name="Time">Wall-clock time.</param>
/// <param name="Depth">Plies of look-ahead, at least 1.</param>
/// <param name="Nodes">Positions or simulations.</param>
public readonly record struct SearchLimits(TimeSpan? Time = null, int? Depth = null, long? Nodes = null)
{
    /// <summary>Whether no bound is set.</summary>
    public bool IsInfinite => Time is null && Depth is null && Nodes is null;

    /// <summary>The time to spend on one move out of a clock: a share of what is left and most of what each move gives back.</summary>
    /// <param name="left">On the player's clock.</param>
    /// <param name="increment">Added after each move.</param>
    /// <param name="movesToGo">Moves until the clock is refilled, if known.</param>
    public static TimeSpan Share(TimeSpan left, TimeSpan increment, int? movesToGo = null)
    {
        const double safety = 0.05; // seconds kept for the way to the other side and back
        var share = left.TotalSeconds / Math.Clamp(movesToGo ?? 30, 1, 50) + 0.8 * increment.TotalSeconds;
        return TimeSpan.FromSeconds(Math.Max(0.001, Math.Min(share, left.TotalSeconds - safety)));
    }
}
