using Strata.Operations;

namespace Strata.Compilation;

/// <summary>One application of an operation in a traced function. Its outputs are tensors without elements, which later nodes take.</summary>
internal sealed class Node
{
    public Node(Graph graph, Operation operation, Tensor[] inputs, TensorType[] types, int origin, int region)
    {
        Graph = graph;
        Operation = operation;
        Inputs = inputs;
        Outputs = Array.ConvertAll(types, type => new Tensor(type, this));
        Origin = origin;
        Region = region;
    }

    /// <summary>The graph that the node is part of.</summary>
    public Graph Graph { get; }

    public Operation Operation { get; }

    /// <summary>Outputs of earlier nodes of the same graph.</summary>
    public Tensor[] Inputs { get; }

    public Tensor[] Outputs { get; }

    /// <summary>Which application of the traced function this node stems from, through all rewriting: its number in the trace.</summary>
    public int Origin { get; }

    /// <summary>0, or the number of the checkpoint that computes this again on purpose: equal nodes of different regions must not become one.</summary>
    public int Region { get; }

    /// <summary>For patterns: the operation and its inputs, with the numbers of a commutative operation first.</summary>
    public void Deconstruct(out Operation operation, out Tensor[] inputs) =>
        (operation, inputs) = (Operation, Rules.Patterns.NumbersFirst(Operation, Inputs));

    /// <summary>As in <c>MatMul(float32 [2, 3], float32 [3, 4]) → float32 [2, 4]</c>.</summary>
    public override string ToString() =>
        $"{Operation.Name}({string.Join(", ", Inputs.Select(x => x.Type))}) → {string.Join(", ", Outputs.Select(y => y.Type))}";
}
