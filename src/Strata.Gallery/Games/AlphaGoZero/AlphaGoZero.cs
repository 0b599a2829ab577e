using Strata.Games;
using Strata.Memory;
using Strata.Nn;
using Strata.Random;
using Strata.Reinforcement.Search;

namespace Strata.Gallery.Games;

/// <summary>AlphaGo Zero (Silver et al. 2017): the best network so far plays itself, a network learns from its games, and takes its place
/// when it wins more than 55 % of a match.</summary>
public sealed class AlphaGoZero<TMove>
    where TMove : unmanaged, IEquatable<TMove>
{
    const int DrawnPlies = 4; // of a match

    readonly SelfPlayPlan<TMove> plan;
    readonly int gateGames;
    readonly SelfPlay<TMove> selfPlay;
    readonly SelfPlayWindow<TMove> window;
    readonly SelfPlayLoss loss;
    readonly Optimizer optimizer;
    readonly RandomStream random;

    /// <summary>An untrained system.</summary>
    /// <param name="plan">The game and the sizes; a round is a checkpoint of the paper.</param>
    /// <param name="gateGames">Games of the match between a new network and the best one: 400 in the paper.</param>
    /// <param name="seed">Of everything random.</param>
    public AlphaGoZero(SelfPlayPlan<TMove> plan, int gateGames, long seed)
    {
        ArgumentNullException.ThrowIfNull(plan);
        (this.plan, this.gateGames) = (plan, gateGames);
        random = new RandomStream(seed);
        Network = new PolicyValueNetwork(plan.Network, seed);
        Best = Network.Freeze();
        optimizer = plan.CreateOptimizer();
        loss = new SelfPlayLoss(Network, optimizer);
        window = new SelfPlayWindow<TMove>(plan.Start, plan.Window);
        selfPlay = new SelfPlay<TMove>(plan.Start, plan.SelfPlay, leaves => Evaluator(Best, leaves), random.Split());
    }

    /// <summary>f_θ, which learns.</summary>
    public PolicyValueNetwork Network { get; }

    /// <summary>α_θ*, which plays.</summary>
    public FrozenNetwork Best { get; private set; }

    /// <summary>Who lets networks in.</summary>
    public Gatekeeper Gate { get; } = new();

    /// <summary>Plays and learns.</summary>
    /// <param name="report">Told after each round.</param>
    public void Train(Action<SelfPlayRound>? report = null)
    {
        for (var round = 1; round <= plan.Rounds; round++)
        {
            foreach (var evaluator in selfPlay.Evaluators.Cast<NetworkEvaluator<TMove>>()) evaluator.Network = Best;
            var played = selfPlay.Play(plan.Games);                          // (π_t, z_t) of games by a_t ~ π_t
            window.Add(played);

            var (value, policy) = (0.0, 0.0);
            for (var step = 0; step < plan.Steps; step++)
            {
                using var scope = new TensorScope();
                var terms = loss.Step(window.Sample(plan.Batch, random, plan.Symmetries)); // l = (z − v)² − πᵀ log p + c‖θ‖²    (1)
                (value, policy) = (value + terms[1].Item() / plan.Steps, policy + terms[2].Item() / plan.Steps);
            }

            var candidate = Network.Freeze();
            var match = Match.Play(plan.Start, Player("candidate", candidate), Player("best", Best), gateGames, plan.SelfPlay.MaxPlies, plan.SelfPlay.Adjudicate);
            if (Gate.Accepts(match)) Best = candidate;
            report?.Invoke(new SelfPlayRound(round, optimizer.Iterations, value, policy, played.Average(game => game.Moves.Count), played.Average(game => game.Result)));
        }
    }

    /// <summary>A player that searches as in self-play, without its noise; its first moves are drawn by their visits, so that games differ.</summary>
    public IBatchPlayer<TMove> Player(string name, FrozenNetwork network) => new SearchBatchPlayer<TMove>(
        name, () => Evaluator(network, plan.SelfPlay.ParallelGames), plan.SelfPlay.Search with { Noise = null }, random.Split(), DrawnPlies);

    NetworkEvaluator<TMove> Evaluator(FrozenNetwork network, int leaves) => new(network, plan.Start, leaves, plan.Symmetries ? random.Split() : null);
}
