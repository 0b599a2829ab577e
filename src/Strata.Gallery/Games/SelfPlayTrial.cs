using Strata.Games;
using Strata.Reinforcement.Search;

namespace Strata.Gallery.Games;

/// <summary>One training of AlphaZero in a run: shown, logged, and with players for matches afterwards.</summary>
internal sealed class SelfPlayTrial<TMove>
    where TMove : unmanaged, IEquatable<TMove>
{
    const int Leaves = 4, Capacity = 128;

    readonly Run run;
    readonly string title;
    readonly SelfPlayPlan<TMove> plan;
    readonly AlphaZero<TMove> system;

    public SelfPlayTrial(Run run, string title, SelfPlayPlan<TMove> plan)
    {
        (this.run, this.title, this.plan) = (run, title, plan);
        system = new AlphaZero<TMove>(plan, run.SeedFor(title));
        Untrained = system.Network.Freeze();
    }

    public IGame<TMove> Start => plan.Start;

    public PolicyValueNetwork Network => system.Network;

    public FrozenNetwork Untrained { get; }

    /// <summary>Trains and gives the network.</summary>
    public FrozenNetwork Train()
    {
        system.Train(round => SelfPlayLog.Write(run, title, plan.Rounds, round));
        return Network.Freeze();
    }

    /// <summary>Tree search with a network, without noise.</summary>
    public IBatchPlayer<TMove> Search(FrozenNetwork network, int simulations, int drawnPlies = 0) => new SearchBatchPlayer<TMove>(
        title, () => new NetworkEvaluator<TMove>(network, Start, Capacity), plan.SelfPlay.Search with { Simulations = simulations, Leaves = Leaves, Noise = null }, run.Random($"{title} search"), drawnPlies);

    /// <summary>The network's policy.</summary>
    public IBatchPlayer<TMove> Policy(FrozenNetwork network, int drawnPlies = 0) =>
        new PolicyBatchPlayer<TMove>($"{title} policy", new NetworkEvaluator<TMove>(network, Start, Capacity), run.Random($"{title} policy"), drawnPlies);
}
