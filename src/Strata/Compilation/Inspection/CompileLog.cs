namespace Strata.Compilation.Inspection;

/// <summary>What was done to make a plan.</summary>
internal sealed class CompileLog
{
    public List<PlanPass> Passes { get; } = [];

    public TimeSpan TraceTime { get; init; }

    public TimeSpan PlanTime { get; set; }

    /// <summary>Whether an equal graph had been through the passes before.</summary>
    public bool IsShared { get; set; }
}
