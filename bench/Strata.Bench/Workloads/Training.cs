using Strata.Memory;
using Strata.Nn;

namespace Strata.Bench.Workloads;

/// <summary>A training step: the gradients of a loss and the optimizer's update.</summary>
internal static class Training
{
    /// <summary>The step that lowers <paramref name="loss"/>, a function of the inputs, by changing <paramref name="weights"/>.</summary>
    public static Action Step(Optimizer optimizer, IReadOnlyList<Variable> weights, Func<Tensor[], Tensor> loss, params Tensor[] inputs)
    {
        var step = (Tensor[] x) => // a function of tensors, so that what runs here can be its compiled form
        {
            var gradients = Gradient.Of(() => loss(x), weights);
            optimizer.Apply(weights, gradients);
        };
        return () =>
        {
            using var scope = new TensorScope();
            step(inputs);
        };
    }

    /// <summary>The mean of the softmax cross-entropy of the examples.</summary>
    public static Tensor CrossEntropy(Tensor logits, Tensor labels) => Tensor.SoftmaxCrossEntropy(logits, labels).Mean();
}
