using Strata.Operations;

namespace Strata.Compilation.Rules;

/// <summary>Rules that a <see cref="Tracer"/> tries on each operation before it notes it, and on what they themselves compute.</summary>
internal sealed class RuleSet(IEnumerable<Rule> rules)
{
    const int Deepest = 32; // rewrites inside of rewrites: rules that undo each other must not run forever

    readonly Rule[] all = [.. rules];
    readonly Dictionary<Type, Rule[]> ofType = [];
    int depth;

    /// <summary>How often rules found something.</summary>
    public int Rewrites { get; private set; }

    /// <summary>What stands for the operation applied to these inputs, of type <paramref name="type"/>; or null.</summary>
    public Tensor? Rewrite(Operation operation, Tensor[] inputs, TensorType type)
    {
        if (depth == Deepest) return null;
        var kind = operation.GetType();
        if (!ofType.TryGetValue(kind, out var fitting)) ofType[kind] = fitting = [.. all.Where(rule => rule.Operation.IsAssignableFrom(kind))];
        if (fitting.Length == 0) return null;
        var ordered = Patterns.NumbersFirst(operation, inputs);
        depth++;
        try
        {
            foreach (var rule in fitting)
            {
                if (rule.Rewrite(operation, ordered) is not { } y || y.DType != type.DType || y.Rank > type.Shape.Rank) continue;
                Rewrites++;
                return y.BroadcastTo(type.Shape);
            }
        }
        finally
        {
            depth--;
        }

        return null;
    }
}
