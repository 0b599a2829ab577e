using Strata.Compilation.Rules;
using Strata.Operations;

namespace Strata.Compilation.Passes;

/// <summary>Applies the rules of algebra until none finds anything.</summary>
internal static class Simplify
{
    const int MostSweeps = 8; // one or two do; rules that undo each other must not run forever

    /// <summary>The rules, in the order in which they are tried.</summary>
    public static readonly Rule[] Rules =
    [
        Rule.On<Operation>("fold-constants", (operation, x) => FoldConstants.Folded(operation, x) is [var y] ? y : null),
        .. Rearrangement.Rules,
        .. Arithmetic.Rules,
        .. Reductions.Rules,
        .. Stability.Rules,
    ];

    public static Graph Run(Graph graph, CompileOptions options)
    {
        Rule[] rules = [.. Rules.Where(rule => !options.Excluded.Contains(rule.Name) && !(options.Excluded.Contains("stability") && Stability.Rules.Contains(rule)))];
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            var set = new RuleSet(rules);
            var simpler = Rewriting.Rewrite(graph, (node, inputs) => node.Outputs is [var y] && set.Rewrite(node.Operation, inputs, y.Type) is { } z ? [z] : null, rules: set);
            if (set.Rewrites == 0) break;
            graph = DeadCode.Run(simpler);
        }

        return graph;
    }
}
