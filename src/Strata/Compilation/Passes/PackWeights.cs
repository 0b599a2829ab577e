using Strata.Kernels;
using Strata.Operations;

namespace Strata.Compilation.Passes;

/// <summary>Lets matrix products and convolutions by weights that the function does not change keep them packed from run to run.</summary>
internal static class PackWeights
{
    public static Graph Run(Graph graph)
    {
        if (!graph.Nodes.Any(IsByWeight)) return graph;
        return Rewriting.Rewrite(graph, (node, inputs) => !IsByWeight(node) ? null : node.Operation switch
        {
            Contraction contraction => [new FusedContraction(contraction, false, ElementwiseActivation.None, new WeightCache()).Apply(inputs)],
            FusedContraction fused => [(fused with { Weights = new WeightCache() }).Apply(inputs)],
            _ => null,
        });

        bool IsByWeight(Node node) => node.Operation is Contraction or FusedContraction && node.Inputs[1].Node!.Operation switch
        {
            VariableRead read => !graph.Writes.ContainsKey(read.Variable),
            Constant => true,
            _ => false,
        };
    }
}
