using System.Diagnostics;
using Strata.Compilation.Planning;

namespace Strata.Compilation.Inspection;

/// <summary>Measures one run of a plan.</summary>
/// <param name="plan">The plan.</param>
/// <param name="add">Takes the plan, the time of the run, and that of each node.</param>
internal sealed class ProfileClock(ExecutionPlan plan, Action<ExecutionPlan, long, List<(Node Node, long Ticks)>> add)
{
    readonly List<(Node Node, long Ticks)> steps = new(plan.Work.Count);
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
    public void End() => add(plan, Stopwatch.GetTimestamp() - began, steps);
}
