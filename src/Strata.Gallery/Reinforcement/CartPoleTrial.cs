using Strata.Memory;
using Strata.Nn;
using Strata.Reinforcement;

namespace Strata.Gallery.Reinforcement;

/// <summary>CartPole-v1 as a trial of agents: solved with a mean return of 475 over 100 episodes, played greedily without learning.</summary>
/// <param name="seed">The seed of the episodes that agents are judged by.</param>
/// <param name="run">Hears of the course; null: nobody does.</param>
internal sealed class CartPoleTrial(long seed, Run? run = null)
{
    /// <summary>The mean return at which it is solved.</summary>
    public const double Solved = 475;

    /// <summary>Episodes of a judgment.</summary>
    public const int Episodes = 100;

    /// <summary>What is observed.</summary>
    public static Space Observed { get; } = new CartPole().ObservationSpace;

    /// <summary>A new environment.</summary>
    public static Env Make() => Environments.Make("CartPole-v1");

    /// <summary>Trains in stretches until the trial is passed or all stretches were made, and gives the mean return of the last judgment.</summary>
    public double Train(CartPoleLearner learner)
    {
        var policy = learner.Policy;
        for (var i = 0; i < learner.Stretches; i++)
        {
            var steps = learner.Train();
            var mean = Judge(policy, 10);
            if (mean >= Solved) mean = Judge(policy, Episodes); // a few episodes may be lucky
            run?.Metric($"{learner.Title}/return", steps, mean);
            if (mean < Solved) continue;
            run?.Say($"{learner.Title}: CartPole-v1 is solved after {steps:N0} steps.");
            return mean;
        }

        return Judge(policy, Episodes);
    }

    /// <summary>The mean return of a policy.</summary>
    public double Judge(Func<Env, int> policy, int episodes)
    {
        using var env = Make();
        return Evaluator.Run(env, policy, episodes, seed).Mean;
    }

    /// <summary>The mean return of random play.</summary>
    public double JudgeRandomPlay()
    {
        var random = new NumpyRandom(seed);
        return Judge(_ => random.NextInt(2), Episodes);
    }

    /// <summary>The policy that takes the output with the largest value of the first two.</summary>
    public static Func<Env, int> Greedy(Model network) => env =>
    {
        using var scope = new TensorScope();
        var output = network.Apply(env.ToTensor());
        var values = output.AsSpan<float>();
        return values[1] > values[0] ? 1 : 0;
    };

    /// <summary>A film of the policy for the report.</summary>
    public void Show(string caption, Func<Env, int> policy)
    {
        using var env = Make();
        run?.Animation(caption, Evaluator.Film(env, policy, seed, most: 100, every: 4), 12);
    }
}
