using Strata.Kernels;
using Strata.Operations;

namespace Strata.Compilation.Passes;

/// <summary>Lets matrix products and convolutions add the bias and apply the activation to their output while it is in the cache, where nobody else needs what is in between.</summary>
internal static class FuseEpilogues
{
    public static Graph Run(Graph graph)
    {
        var uses = graph.Uses();
        var found = false;
        var result = Rewriting.Rewrite(graph, (node, inputs) =>
        {
            var replaced = node.Operation is Add ? WithBias(node, inputs, 0) ?? WithBias(node, inputs, 1) : WithActivation(node, inputs);
            found |= replaced is not null;
            return replaced is null ? null : [replaced];
        });
        return found ? DeadCode.Run(result) : graph;

        // Add(contraction, bias), also with a reshape of the contraction that leaves the channels as they are.
        Tensor? WithBias(Node node, Tensor[] inputs, int product)
        {
            var (y, bias) = (inputs[product], inputs[1 - product]);
            if (uses[node.Inputs[product]] > 1 || y.Shape != node.Outputs[0].Shape || y.Rank == 0) return null;
            if (y.Node!.Operation is Alias && uses[node.Inputs[product].Node!.Inputs[0]] == 1 && y.Node.Inputs[0].Shape is var inner && inner.Rank > 0 && inner[^1] == y.Shape[^1])
                y = y.Node.Inputs[0];
            if (y.Node!.Operation is not Contraction contraction || bias.Size != y.Shape[^1] || bias.Rank == 0 || bias.Shape[^1] != y.Shape[^1]) return null;
            var fused = new FusedContraction(contraction, true, ElementwiseActivation.None).Apply([.. y.Node.Inputs, bias.Reshape(y.Shape[^1])]);
            return fused.Reshape(node.Outputs[0].Shape);
        }

        Tensor? WithActivation(Node node, Tensor[] inputs)
        {
            var activation = node.Operation switch
            {
                Relu => ElementwiseActivation.Relu,
                Tanh => ElementwiseActivation.Tanh,
                Sigmoid => ElementwiseActivation.Sigmoid,
                _ => ElementwiseActivation.None,
            };
            if (activation == ElementwiseActivation.None || uses[node.Inputs[0]] > 1) return null;
            var y = inputs[0];
            if (y.Node!.Operation is Alias && (node.Inputs[0].Node!.Operation is not Alias || uses[node.Inputs[0].Node!.Inputs[0]] == 1)) y = y.Node.Inputs[0];
            Operation? fused = y.Node!.Operation switch
            {
                FusedContraction { Activation: ElementwiseActivation.None } before => before with { Activation = activation },
                Contraction contraction => new FusedContraction(contraction, false, activation),
                _ => null,
            };
            return fused is FusedContraction operation ? operation.Apply(y.Node.Inputs).Reshape(inputs[0].Shape) : null;
        }
    }
}
