using System.Diagnostics;
using Strata.Compilation.Planning;

namespace Strata.Compilation.Inspection;

/// <summary>Measures one run of a plan.</summary>
internal sealed class ProfileClock(Profiler profiler, ExecutionPlan plan)
{
    readonly List<(Node, long)> steps = new(plan.Work.Count);
    readonly long began = Stopwatch.GetTimestamp();
    long last;

    /// <summary>The first node is about to run.</summary>
    public void Start() => last = Stopwatch.GetTimestamp();

    /// <summary>A node ran since the one before.</summary>
    public void Ran(Node node)
    {
        var now = Stopwatch.GetTimestamp();
        steps.Add((node, now - last));
        last = now;
    }

    /// <summary>The run is over.</summary>
    public void End() => profiler.Add(plan, Stopwatch.GetTimestamp() - began, steps);
}
