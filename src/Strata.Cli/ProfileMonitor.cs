using System.Diagnostics;
using Strata.Gallery;
using Strata.Nn;

namespace Strata.Cli;

/// <summary>Lets a recipe train for some steps, then measures some more, then stops it.</summary>
internal sealed class ProfileMonitor(int warmUp, int steps) : IMonitor
{
    readonly Stopwatch clock = new();
    int seen;

    /// <summary>What was measured; null before the warm-up is over.</summary>
    public Profiler? Profiler { get; private set; }

    /// <summary>How many steps were measured.</summary>
    public int Measured => Math.Max(0, seen - warmUp);

    /// <summary>The time of these steps, data included.</summary>
    public TimeSpan Elapsed => clock.Elapsed;

    public Callback Watch(string title) => new StepCounter(this);

    public void Say(string text)
    {
    }

    void StepEnded()
    {
        seen++;
        if (seen == warmUp + steps)
        {
            clock.Stop();
            throw new MeasuredException();
        }

        if (seen < warmUp || Profiler is not null) return;
        Profiler = Profiler.Start();
        clock.Start();
    }

    /// <summary>As many steps as wanted were measured.</summary>
    internal sealed class MeasuredException : Exception
    {
    }

    sealed class StepCounter(ProfileMonitor monitor) : Callback
    {
        protected override void OnBatchEnd(int step, Logs logs) => monitor.StepEnded();
    }
}
