using System.Diagnostics;

namespace Strata.Games.Players;

/// <summary>Counts what a search spends. Reading the time and the signal costs more than a node, so they are read every 256 nodes.</summary>
sealed class SearchClock(SearchLimits limits, CancellationToken stop)
{
    const int Interval = 256;
    readonly long started = Stopwatch.GetTimestamp();

    public long Nodes { get; private set; }

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(started);

    /// <summary>Whether the search has to end; once true it stays so.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Counts a node and returns <see cref="IsOver"/>.</summary>
    public bool Tick()
    {
        if (++Nodes >= limits.Nodes) IsOver = true;
        if (Nodes % Interval == 0) Look();
        return IsOver;
    }

    /// <summary>Reads the time and the signal now.</summary>
    public bool Look() => IsOver |= stop.IsCancellationRequested || Elapsed >= limits.Time;
}
