using Strata.Memory;
using Strata.Nn;

namespace Strata.Bench.Workloads;

/// <summary>A training step: the gradients of a loss and the optimizer's update.</summary>
internal static class Training
{
    /// <summary>The step that lowers <paramref name="loss"/>, a function of the inputs, by changing <paramref name="weights"/>.</summary>
    public static Action Step(Optimizer optimizer, IReadOnlyList<Variable> weights, Func<Tensor[], Tensor> loss, params Tensor[] inputs)
    {
        var step = Compiled.Function((Tensor[] x) =>
        {
            var (value, gradients) = Gradient.ValueAndGradient(() => loss(x), weights);
            optimizer.Apply(weights, gradients);
            return value;
        });
        return () =>
        {
            using var scope = new TensorScope();
            step(inputs);
        };
    }

    /// <summary>The mean of the softmax cross-entropy of the examples.</summary>
    public static Tensor CrossEntropy(Tensor logits, Tensor labels) => Tensor.SoftmaxCrossEntropy(logits, labels).Mean();
}
