using Strata.Compilation.Passes;
using Strata.Compilation.Planning;

namespace Strata.Compilation;

/// <summary>From a traced graph to a plan: the passes, one after the other.</summary>
internal static class Compiler
{
    /// <summary>The passes in their order, each with the least <see cref="CompileOptions.Level"/> that has it.</summary>
    public static readonly (string Name, int Level, Func<Graph, CompileOptions, Graph> Run)[] Passes =
    [
        ("dead-code", 1, (graph, _) => DeadCode.Run(graph)),
        ("fused-updates", 3, (graph, _) => FuseUpdates.Run(graph)),
        ("fusion", 3, FuseElementwise.Run),
    ];

    /// <summary>The graph after the passes that <paramref name="options"/> ask for.</summary>
    /// <param name="graph">What was traced.</param>
    /// <param name="options">Which passes.</param>
    /// <param name="after">Sees the graph after each pass.</param>
    public static Graph Optimize(Graph graph, CompileOptions options, Action<string, Graph>? after = null)
    {
        foreach (var (name, level, run) in Passes)
        {
            if (level > options.Level || options.Excluded.Contains(name)) continue;
            graph = run(graph, options);
            after?.Invoke(name, graph);
        }

        return graph;
    }

    /// <summary>The plan of a graph.</summary>
    public static ExecutionPlan Compile(Graph graph, CompileOptions options, bool resultsMayShare = true) =>
        new(OwnMemory.Run(Optimize(graph, options), resultsMayShare)) { Observer = options.NanGuard ? NanGuard.Look : null };
}
