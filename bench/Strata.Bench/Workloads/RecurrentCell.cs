using Strata.Memory;
using Strata.Random;

namespace Strata.Bench.Workloads;

/// <summary>A gated recurrent unit of 64, written from single operations and unrolled over 50 steps of a batch of 32, with its gradient: what the overhead of
/// an operation costs.</summary>
internal static class RecurrentCell
{
    public static Workload GruCellLoop { get; } = new("gru_cell_loop", 3 * 2e-9 * 50 * 32 * 128 * 192, () =>
    {
        var random = new RandomStream(0);
        var weight = new Variable(random.Uniform([128, 192], -0.09, 0.09));
        var bias = new Variable(random.Uniform([192], -0.09, 0.09));
        var inputs = random.Uniform([50, 32, 64]);
        var step = Compiled.Function((Tensor x) => Gradient.Of(() => Loss(x, weight, bias), [weight, bias]));
        return () =>
        {
            using var scope = new TensorScope();
            step(inputs);
        };
    });

    static Tensor Loss(Tensor x, Tensor weight, Tensor bias)
    {
        var h = Tensor.Zeros([32, 64]);
        foreach (var xt in x.Unstack())
        {
            var parts = (Tensor.Concatenate([xt, h], 1).MatMul(weight) + bias).Split(3, 1);
            var (r, z) = (parts[0].Sigmoid(), parts[1].Sigmoid());
            h = ((1 - z) * (parts[2] * r).Tanh()) + (z * h);
        }

        return h.Sum();
    }
}
