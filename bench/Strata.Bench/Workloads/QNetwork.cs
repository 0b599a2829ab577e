using Strata.Memory;
using Strata.Nn;
using Strata.Random;

namespace Strata.Bench.Workloads;

/// <summary>The network of the deep Q-network papers on 84×84×4, six actions: one Double-DQN update at batch 32, and one greedy action.</summary>
internal static class QNetwork
{
    const double Forward = 2e-9 * ((20 * 20 * 8 * 8 * 4 * 32) + (9 * 9 * 4 * 4 * 32 * 64) + (7 * 7 * 3 * 3 * 64 * 64) + (3136 * 512) + (512 * 6));

    /// <summary>Online and target network look at the successors, the online network learns by the Huber loss and RMSProp.</summary>
    public static Workload Learn { get; } = new("dqn_learn", 32 * 5 * Forward, () =>
    {
        var (online, target) = (Network(1), Network(2));
        var optimizer = new RMSProp(2.5e-4, rho: 0.95, epsilon: 0.01, momentum: 0.95);
        var random = new RandomStream(0);
        var (state, successor) = (random.Uniform([32, 84, 84, 4]), random.Uniform([32, 84, 84, 4]));
        var (action, reward) = (random.Integers([32, 1], 0, 6), random.Uniform([32]));
        online.BuildFor([84, 84, 4]);
        var step = Compiled.Function((Tensor state, Tensor action, Tensor reward, Tensor successor) =>
        {
            var best = online.Apply(successor).ArgMax(1, keepDims: true);
            var wanted = reward + (0.99 * target.Apply(successor).GatherAlong(best, 1).Squeeze(1));
            var gradients = Gradient.Of(
                () => Loss.Huber.PerExample(wanted.ExpandDims(1), online.Apply(state, training: true).GatherAlong(action, 1)).Mean(),
                online.TrainableWeights);
            optimizer.Apply(online.TrainableWeights, gradients);
            return best;
        });
        target.BuildFor([84, 84, 4]);
        return () =>
        {
            using var scope = new TensorScope();
            step(state, action, reward, successor);
        };
    });

    public static Workload Act { get; } = new("dqn_act", Forward, () =>
    {
        var network = Network(1);
        var x = new RandomStream(0).Uniform([1, 84, 84, 4]);
        var act = Compiled.Function((Tensor x) => network.Apply(x).ArgMax(1));
        return () => act(x);
    });

    static Sequential Network(long seed) => new(
        new Conv2D(32, 8, strides: 4, activation: Activation.Relu),
        new Conv2D(64, 4, strides: 2, activation: Activation.Relu),
        new Conv2D(64, 3, activation: Activation.Relu),
        new Flatten(),
        new Dense(512, Activation.Relu),
        new Dense(6)) { Seed = seed };
}
