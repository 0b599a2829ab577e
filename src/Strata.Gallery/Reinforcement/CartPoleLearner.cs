using Strata.Gallery.Reinforcement.Asynchronous;
using Strata.Gallery.Reinforcement.PolicyGradient;
using Strata.Gallery.Reinforcement.ValueBased;
using Strata.Nn;
using Strata.Reinforcement;

namespace Strata.Gallery.Reinforcement;

/// <summary>An agent on its way to learn CartPole-v1, a stretch of training at a time.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Network">Its policy takes the larger of the first two outputs.</param>
/// <param name="Train">Trains one stretch and gives the steps made so far.</param>
/// <param name="Stretches">The most stretches.</param>
internal sealed record CartPoleLearner(string Title, Model Network, Func<long> Train, int Stretches)
{
    /// <summary>Makes an untrained agent from its seeds, given by their purposes.</summary>
    public delegate CartPoleLearner Maker(Func<string, long> seeds);

    /// <summary>The agents that have to solve it, as their recipes train them.</summary>
    public static IReadOnlyList<(string Title, Maker Make)> All =>
    [
        ("DQN", seeds => CartPoleDqn.Learner("DQN", TargetRule.Dqn, seeds)),
        ("Double DQN", seeds => CartPoleDqn.Learner("Double DQN", TargetRule.DoubleDqn, seeds)),
        ("REINFORCE", seeds => ReinforceRecipe.Learner(seeds)),
        ("A3C", A3CRecipe.CartPoleLearner),
    ];

    /// <summary>The policy of the network as it is at the time.</summary>
    public Func<Env, int> Policy => CartPoleTrial.Greedy(Network);
}
