using Strata.Games;
using Strata.Memory;
using Strata.Nn;
using Strata.Random;
using Strata.Reinforcement.Search;

namespace Strata.Gallery.Games;

/// <summary>AlphaZero (Silver et al. 2018): one network, always the latest, plays itself by tree search and learns from it. It knows of a game
/// its rules and nothing else.</summary>
public sealed class AlphaZero<TMove>
    where TMove : unmanaged, IEquatable<TMove>
{
    readonly SelfPlayPlan<TMove> plan;
    readonly SelfPlay<TMove> selfPlay;
    readonly SelfPlayWindow<TMove> window;
    readonly SelfPlayLoss loss;
    readonly Optimizer optimizer;
    readonly RandomStream random;

    /// <summary>An untrained system.</summary>
    /// <param name="plan">The game and the sizes.</param>
    /// <param name="seed">Of everything random.</param>
    public AlphaZero(SelfPlayPlan<TMove> plan, long seed)
    {
        ArgumentNullException.ThrowIfNull(plan);
        this.plan = plan;
        random = new RandomStream(seed);
        Network = new PolicyValueNetwork(plan.Network, seed);
        optimizer = plan.CreateOptimizer();
        loss = new SelfPlayLoss(Network, optimizer);
        window = new SelfPlayWindow<TMove>(plan.Start, plan.Window, plan.SearchShare);
        var frozen = Network.Freeze();
        selfPlay = new SelfPlay<TMove>(plan.Start, plan.SelfPlay, leaves => new NetworkEvaluator<TMove>(frozen, plan.Start, leaves), random.Split());
    }

    /// <summary>f_θ</summary>
    public PolicyValueNetwork Network { get; }

    /// <summary>Plays and learns.</summary>
    /// <param name="report">Told after each round.</param>
    public void Train(Action<SelfPlayRound>? report = null)
    {
        for (var round = 1; round <= plan.Rounds; round++)
        {
            var latest = Network.Freeze();
            foreach (var evaluator in selfPlay.Evaluators.Cast<NetworkEvaluator<TMove>>()) evaluator.Network = latest;
            var played = selfPlay.Play(plan.Games);                          // (π_t, z_t) of games by a_t ~ π_t
            window.Capacity = plan.WindowOf(round);
            window.Add(played);

            var (value, policy) = (0.0, 0.0);
            for (var step = 0; step < plan.Steps; step++)
            {
                using var scope = new TensorScope();
                var terms = loss.Step(window.Sample(plan.Batch, random, plan.Symmetries)); // l = (z − v)² − πᵀ log p + c‖θ‖²    (1)
                (value, policy) = (value + terms[1].Item() / plan.Steps, policy + terms[2].Item() / plan.Steps);
            }

            report?.Invoke(new SelfPlayRound(round, optimizer.Iterations, value, policy, played.Average(game => game.Moves.Count), played.Average(game => game.Result)));
        }
    }
}
