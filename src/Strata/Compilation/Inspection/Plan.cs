using System.Globalization;
using System.Text;
using Strata.Compilation;
using Strata.Compilation.Inspection;
using Strata.Compilation.Planning;

namespace Strata;

/// <summary>A plan that a compiled function runs, to be read: as numbered lines, as formulas, as a picture. Get one by <see cref="Compiled.Plan"/>.</summary>
public sealed class Plan
{
    readonly Graph traced;
    readonly ExecutionPlan plan;

    internal Plan(Graph traced, ExecutionPlan plan, CompileLog log)
    {
        (this.traced, this.plan) = (traced, plan);
        (Passes, TraceTime, PlanTime) = (log.Passes, log.TraceTime, log.PlanTime);
        IsShared = log.IsShared;
    }

    /// <summary>The passes that ran, in order.</summary>
    public IReadOnlyList<PlanPass> Passes { get; }

    /// <summary>Whether an equal function, of other variables perhaps, had been compiled before, so that no pass had to run.</summary>
    public bool IsShared { get; }

    /// <summary>How long it took to trace the function.</summary>
    public TimeSpan TraceTime { get; }

    /// <summary>How long the passes and the layout of memory took.</summary>
    public TimeSpan PlanTime { get; }

    /// <summary>The memory of intermediate results; results and variables have their own.</summary>
    public long ArenaBytes => plan.Memory.ArenaBytes;

    /// <summary>The names of the operations that a run does, in order.</summary>
    public IReadOnlyList<string> Operations => [.. plan.Work.Select(node => node.Operation.Name)];

    /// <summary>What was traced, before any pass, one line a node.</summary>
    public string Traced => GraphText.Lines(traced);

    /// <summary>The plan, one line a node: number, operation, inputs, type, and where the result lies.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{plan.Work.Count} operations ({traced.Nodes.Count(node => node.Operation is not Leaf)} traced), arena {ProfileRow.Size(ArenaBytes)}, ");
        text.Append(CultureInfo.InvariantCulture, $"traced in {TraceTime.TotalMilliseconds:0.0} ms, planned in {PlanTime.TotalMilliseconds:0.0} ms\n");
        text.Append(GraphText.Lines(plan.Graph, plan.Memory));
        foreach (var pass in Passes) text.Append(CultureInfo.InvariantCulture, $"after {pass.Name,-24} {pass.Nodes,6} nodes {pass.Time.TotalMilliseconds,8:0.00} ms\n");
        return text.ToString();
    }

    /// <summary>The plan as a tree under each result: an operation, its inputs indented below it; what stood before is named by its number.</summary>
    public string ToTree() => GraphText.Tree(plan.Graph);

    /// <summary>The plan's results as formulas.</summary>
    public string ToFormula() => GraphText.Formulas(plan.Graph);

    /// <summary>The graph in Graphviz's language.</summary>
    /// <param name="traced">Whether before the passes; else after them.</param>
    public string ToDot(bool traced = false) => GraphDot.Write(traced ? this.traced : plan.Graph);

    /// <summary>The graph as a picture.</summary>
    /// <param name="traced">Whether before the passes; else after them.</param>
    public string ToSvg(bool traced = false) => GraphPicture.Write(traced ? this.traced : plan.Graph);

    /// <summary>A page with the graph before and after the passes and the passes themselves, which needs no other file; the pictures zoom with
    /// the mouse's wheel.</summary>
    /// <param name="profiler">Adds the times of the plan's nodes, if it ran under this profiler.</param>
    public string ToHtml(Profiler? profiler = null) => PlanPage.Write(this, plan, profiler);
}
