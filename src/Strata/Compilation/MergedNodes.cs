using Strata.Operations;

namespace Strata.Compilation;

/// <summary>One operation that takes the place of several nodes.</summary>
/// <param name="Operation">What is done instead.</param>
/// <param name="Members">The nodes, in their order.</param>
/// <param name="Inputs">The operation's inputs: tensors of the graph, or constants.</param>
/// <param name="Outputs">The tensors of the nodes that the operation's outputs stand for: all that others need.</param>
internal sealed record MergedNodes(Operation Operation, IReadOnlyList<Node> Members, Tensor[] Inputs, Tensor[] Outputs);
