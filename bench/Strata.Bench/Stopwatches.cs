using System.Diagnostics;

namespace Strata.Bench;

/// <summary>Measures the time of a step: the median of many, as the peers' scripts do.</summary>
internal static class Stopwatches
{
    /// <summary>The median seconds of one call of <paramref name="step"/>, after a warm-up, over about <paramref name="seconds"/>.</summary>
    public static double Median(Action step, double seconds)
    {
        var warm = Stopwatch.StartNew();
        for (var i = 0; i < 3 || warm.Elapsed.TotalSeconds < Math.Min(1, seconds / 2); i++) step(); // also lets the JIT's tiers settle
        var times = new List<double>();
        var all = Stopwatch.StartNew();
        while (times.Count < 5 || all.Elapsed.TotalSeconds < seconds)
        {
            var start = Stopwatch.GetTimestamp();
            step();
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        times.Sort();
        return times[times.Count / 2];
    }
}
