using Strata.Nn;
using Strata.Random;

namespace Strata.Bench.Workloads;

/// <summary>A 4-64-64-2 tanh policy: the probabilities of the actions for one observation.</summary>
internal static class Policy
{
    public static Workload Act { get; } = new("policy_act", 2e-9 * ((4 * 64) + (64 * 64) + (64 * 2)), () =>
    {
        var policy = new Sequential(new Dense(64, Activation.Tanh), new Dense(64, Activation.Tanh), new Dense(2, Activation.Softmax)) { Seed = 0 };
        var x = new RandomStream(0).Uniform([1, 4]);
        var act = Compiled.Function((Tensor x) => policy.Apply(x));
        return () => act(x);
    });
}
