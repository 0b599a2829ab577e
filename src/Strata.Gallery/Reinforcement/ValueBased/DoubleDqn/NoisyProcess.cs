using Strata.Nn;
using Strata.Reinforcement;

namespace Strata.Gallery.Reinforcement.ValueBased;

/// <summary>A process in which nothing can be learned: each of ten actions has a reward of mean 0, the next state does not depend on anything. The true value is
/// 0 everywhere, and what a network says above it is bias.</summary>
internal static class NoisyProcess
{
    const int Actions = 10, Batch = 32, Updates = 8000, RefreshEvery = 400;
    const double Discount = 0.95, Ending = 1.0 / 12;

    /// <summary>The mean of max_a Q(s, a) after training.</summary>
    public static double MeanValue(Run run, TargetRule rule)
    {
        var agent = new DqnAgent(
            () => QNetworks.Perceptron(Actions, run.SeedFor("noise weights"), Activation.Relu, 64, 64), [4], DType.Float32, new Adam(0.001), rule, run.SeedFor("noise actions"));
        var random = new NumpyRandom(run.SeedFor("noise"));
        for (var i = 0; i < Updates; i++)
        {
            if (i % RefreshEvery == 0) agent.Refresh();
            agent.Learn(Draw(random));
        }

        using var scope = new Memory.TensorScope();
        return agent.Network.Apply(States(1000, random)).Max(1).Mean().Item();
    }

    static ReplayBatch Draw(NumpyRandom random)
    {
        var (actions, rewards, discounts) = (new long[Batch], new float[Batch], new float[Batch]);
        for (var i = 0; i < Batch; i++)
            (actions[i], rewards[i], discounts[i]) = (random.NextInt(Actions), (float)random.Normal(), random.Chance(Ending) ? 0 : (float)Discount);
        return new ReplayBatch(
            States(Batch, random), Tensor.From(actions, [Batch, 1]), Tensor.From(rewards, [Batch]), Tensor.From(discounts, [Batch]), States(Batch, random), Tensor.Ones([Batch]), []);
    }

    static Tensor States(int count, NumpyRandom random)
    {
        var states = new float[count * 4];
        foreach (ref var x in states.AsSpan()) x = (float)random.Uniform(-1, 1);
        return Tensor.From(states, [count, 4]);
    }
}
