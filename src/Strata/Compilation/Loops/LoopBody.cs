using Strata.Compilation.Planning;

namespace Strata.Compilation;

/// <summary>One step of a loop: from an item of each sequence, the states and what is captured to the next states and the step's outputs.</summary>
internal sealed class LoopBody
{
    ExecutionPlan? plan;

    /// <summary>The step. Its arguments are those of the three kinds; its results are not used.</summary>
    public required Graph Graph { get; init; }

    public required Tensor[] Items { get; init; }

    public required Tensor[] States { get; init; }

    public required Tensor[] Captures { get; init; }

    public required Tensor[] Next { get; init; }

    public required Tensor[] Outputs { get; init; }

    /// <summary>Whether the backward loop computes the step again from its states instead of keeping what is inside.</summary>
    public bool Recomputes { get; init; }

    public required CompileOptions Options { get; init; }

    /// <summary>The plan of the step, whose results are <see cref="Results"/>.</summary>
    public ExecutionPlan Plan
    {
        get
        {
            lock (Graph)
            {
                if (plan is not null) return plan;
                Graph.Results.Clear();
                Graph.Results.AddRange(Results);
                return plan = Compiler.Compile(Graph, Options, resultsMayShare: false);
            }
        }
    }

    /// <summary>The outputs and next states, each tensor once.</summary>
    public Tensor[] Results => [.. Outputs.Concat(Next).Distinct()];

    /// <summary>Applies the step of a body without items and states to tensors, one for each capture, as if it were written out.</summary>
    public Tensor[] Inline(Tensor[] captured)
    {
        var now = new Dictionary<Tensor, Tensor>();
        for (var i = 0; i < captured.Length; i++) now[Captures[i]] = captured[i];
        if (Graph.Host.Count > 0)
            throw new StrataException("Cond: a branch that draws random numbers or reads the host has no gradient, because it would draw again; draw before it.");
        foreach (var node in Graph.Nodes)
        {
            if (now.ContainsKey(node.Outputs[0])) continue;
            if (node.Operation is Constant constant)
            {
                now[node.Outputs[0]] = constant.Value;
                continue;
            }

            var outputs = node.Operation.ApplyTo(Array.ConvertAll(node.Inputs, x => now[x]));
            for (var i = 0; i < outputs.Length; i++) now[node.Outputs[i]] = outputs[i];
        }

        return Array.ConvertAll(Outputs, y => now[y]);
    }
}
