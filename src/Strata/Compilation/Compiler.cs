using System.Diagnostics;
using Strata.Compilation.Inspection;
using Strata.Compilation.Passes;
using Strata.Compilation.Planning;
using Strata.Compilation.Rules;

namespace Strata.Compilation;

/// <summary>From a traced graph to a plan: the passes, one after the other.</summary>
internal static class Compiler
{
    /// <summary>The passes in their order.</summary>
    public static readonly Pass[] Passes =
    [
        new("dead-code", 1, DeadCode.Run),
        new("common-subexpressions", 1, CommonSubexpressions.Run),
        new("fold-constants", 2, FoldConstants.Run),
        new("simplify", 2, Simplify.Run),
        new("common-subexpressions", 1, CommonSubexpressions.Run),
        new("dead-code", 1, DeadCode.Run),
        new("epilogues", 3, FuseEpilogues.Run),
        new("packed-weights", 3, PackWeights.Run),
        new("fused-updates", 3, FuseUpdates.Run),
        new("fusion", 3, FuseElementwise.Run),
    ];

    /// <summary>What is tried on each operation while a function is traced: the rules of <see cref="Stability"/> and <see cref="Normalizations"/>, by the
    /// names <c>stability</c> and <c>patterns</c> all of each; null at a level without.</summary>
    public static RuleSet? TraceRules(CompileOptions options) => options.Level < 2 ? null : new RuleSet(
        new[] { ("stability", Stability.Rules), ("patterns", Normalizations.Rules) }
            .Where(set => !options.Excluded.Contains(set.Item1))
            .SelectMany(set => set.Item2)
            .Where(rule => !options.Excluded.Contains(rule.Name)));

    /// <summary>The graph after the passes that <paramref name="options"/> ask for.</summary>
    /// <param name="graph">What was traced.</param>
    /// <param name="options">Which passes.</param>
    /// <param name="after">Sees the graph after each pass.</param>
    /// <param name="log">Where to note the passes.</param>
    public static Graph Optimize(Graph graph, CompileOptions options, Action<string, Graph>? after = null, CompileLog? log = null)
    {
        foreach (var (name, level, run) in Passes.Concat(options.Extra))
        {
            if (level > options.Level || options.Excluded.Contains(name)) continue;
            var began = Stopwatch.GetTimestamp();
            graph = run(graph, options);
            log?.Passes.Add(new PlanPass(name, graph.Nodes.Count, Stopwatch.GetElapsedTime(began)));
            after?.Invoke(name, graph);
        }

        return graph;
    }

    /// <summary>The plan of a graph.</summary>
    public static ExecutionPlan Compile(Graph graph, CompileOptions options, bool resultsMayShare = true, CompileLog? log = null)
    {
        var began = Stopwatch.GetTimestamp();
        var (optimized, keeper) = OptimizedGraphs.Of(graph, options, resultsMayShare, log);
        var plan = new ExecutionPlan(optimized, options.Donated) { Observer = ObserverFor(options), Keeper = keeper };
        if (log is not null) log.PlanTime = Stopwatch.GetElapsedTime(began);
        return plan;
    }

    static Action<Node, Tensor[], Tensor[]>? ObserverFor(CompileOptions options)
    {
        Action<Node, Tensor[], Tensor[]>? observer = options.NanGuard ? NanGuard.Look : null;
        if (options.OnNode is { } look) observer += (node, _, outputs) => look(node.Operation.Name, outputs);
        return observer;
    }
}
