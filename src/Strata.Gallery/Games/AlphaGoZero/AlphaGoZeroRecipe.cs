using Strata.Games;
using Strata.Games.Go;
using Strata.Nn;
using Strata.Reinforcement.Search;

namespace Strata.Gallery.Games;

/// <summary>AlphaGo Zero on 5×5, and the paper's two configurations.</summary>
public sealed class AlphaGoZeroRecipe : Recipe
{
    const int Games = 100, DrawnPlies = 4;

    /// <inheritdoc/>
    public override string Id => "alphago-zero";

    /// <inheritdoc/>
    public override string Title => "AlphaGo Zero";

    /// <inheritdoc/>
    public override Source Source => new("D. Silver et al.", 2017, "Mastering the game of Go without human knowledge", "Nature 550");

    /// <inheritdoc/>
    public override string Summary =>
        "Go learned from nothing but self-play: search over a network that sees the board in all its symmetries, and a gate that a new network "
        + "passes only by beating the best. On 5×5 it leaves its untrained self and a search with playouts behind; the same training without search does not.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets =>
    [
        new("quick", "Go on 5×5, about 150 s on two cores"),
        new("paper", "Go on 19×19: 20 blocks, 1,600 simulations, 4.9 million games"),
        new("paper-40", "Go on 19×19: 40 blocks, 29 million games"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        "Self-play, learning and evaluation take turns on one machine instead of running side by side.",
        "The paper does not state c_puct; it is 1.5.",
        "On 5×5: 2 blocks of 16 filters, 48 simulations one leaf at a time (the batch comes from many games), gate matches of 40 games, no resignation.",
        "In matches the first moves are drawn by their visits, so that games differ.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) => (preset ?? Presets[0]).Name == "quick"
        ?
        [
            new("untrained", $"Of {Games} games against its untrained self with the same search it wins this share", Bound.Min(0.9), new("trained on the policy of the network instead of the search's", 0.1)),
            new("playouts", "Against UCT with as many playouts a move it wins this share", Bound.Min(0.55), new("untrained network, same search", 0.3)),
            new("gate", "Of the new networks the gate lets in this share", Bound.Min(0.1)),
        ]
        : [new("untrained", "Against its untrained self with the same search it wins this share", Bound.Min(0.99), new("its policy without search", 0.01))];

    /// <inheritdoc/>
    public override BoardPlayer? PlayerOf(Preset preset) => preset?.Name switch
    {
        "quick" => new("go", Quick.Network, SearchSettings.AlphaGoZero with { Simulations = 400 }, 5),
        "paper" => new("go", Paper(blocks: 19).Network, SearchSettings.AlphaGoZero, 19),
        "paper-40" => new("go", Paper(blocks: 39).Network, SearchSettings.AlphaGoZero, 19),
        _ => null,
    };

    /// <summary>Go on 5×5.</summary>
    internal static SelfPlayPlan<GoMove> Quick
    {
        get
        {
            var start = new GoGame(5);
            return new()
            {
                Start = start,
                Network = NetworkSize.For(start, blocks: 2, filters: 16, valueUnits: 32),
                SelfPlay = new()
                {
                    Search = new() { Simulations = 48, Selection = new SelectionRule.Puct(1.5), Leaves = 1, Noise = new(0.4) },
                    TemperaturePlies = 30,
                    MaxPlies = 60,
                    Adjudicate = Score,
                    ParallelGames = 24,
                },
                Rounds = 30,
                Games = 48,
                Steps = 40,
                Batch = 256,
                Window = 600,
                LearningRate = AlphaZeroPlans.Falling(30 * 40, 0.1),
                Symmetries = true,
            };
        }
    }

    /// <summary>Silver et al. 2017, Methods: 25,000 games and 1,000 steps between matches, batches of 2,048 from the last 500,000 games.</summary>
    internal static SelfPlayPlan<GoMove> Paper(int blocks)
    {
        var start = new GoGame(19);
        var small = blocks == 19;
        return new()
        {
            Start = start,
            Network = NetworkSize.For(start, blocks, filters: 256),
            SelfPlay = new()
            {
                Search = SearchSettings.AlphaGoZero with { Noise = new(0.03) },
                TemperaturePlies = 30,
                MaxPlies = 2 * 19 * 19,
                Adjudicate = Score,
                Resignation = new Resignation(),
            },
            Rounds = small ? 700 : 3100,
            Games = small ? 4_900_000 / 700 : 29_000_000 / 3100,
            Steps = 1000,
            Batch = 2048,
            Window = 500_000,
            LearningRate = new PiecewiseConstant([400_000, 600_000], [1e-2, 1e-3, 1e-4]),
            Symmetries = true,
        };
    }

    static double Score(IGame<GoMove> game) => Math.Sign(((GoGame)game).Score);

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var quick = run.Preset.Name == "quick";
        var plan = quick ? Quick : Paper(run.Preset.Name == "paper" ? 19 : 39);
        var games = quick ? Games : 400;
        var seed = run.SeedFor("Go");
        var system = new AlphaGoZero<GoMove>(plan, gateGames: quick ? 40 : 400, seed);
        var untrained = system.Best;
        system.Train(round => SelfPlayLog.Write(run, "Go", plan.Rounds, round));
        run.Save(system.Network);
        run.Say($"The gate let {system.Gate.Accepted} of {system.Gate.Matches} networks in.");

        IBatchPlayer<GoMove> Player(FrozenNetwork network) => new SearchBatchPlayer<GoMove>(
            "search", () => Evaluator(network), plan.SelfPlay.Search with { Noise = null }, run.Random("players"), DrawnPlies);
        NetworkEvaluator<GoMove> Evaluator(FrozenNetwork network) => new(network, plan.Start, 64);
        MatchResult Play(string text, IBatchPlayer<GoMove> one, IBatchPlayer<GoMove> other)
        {
            var result = Match.Play(plan.Start, one, other, games, plan.SelfPlay.MaxPlies, plan.SelfPlay.Adjudicate);
            run.Say($"{text}: {result}.");
            return result;
        }

        var trained = Play("Trained against untrained", Player(system.Best), Player(untrained));
        if (!quick)
        {
            var policy = Play("Trained policy without search against untrained", new PolicyBatchPlayer<GoMove>("policy", Evaluator(system.Best), run.Random("policy"), DrawnPlies), Player(untrained));
            run.Measure("untrained", trained.WinRate, policy.WinRate);
            return;
        }

        // The control sees as many games and updates, but each of its moves and targets comes from one evaluation: p itself, with the noise.
        var without = new AlphaGoZero<GoMove>(plan with { SelfPlay = plan.SelfPlay with { Search = plan.SelfPlay.Search with { Simulations = 1 } } }, gateGames: 0, seed);
        without.Train(round => SelfPlayLog.Write(run, "Go without search", plan.Rounds, round));
        var control = Play("Trained without search against untrained", Player(without.Network.Freeze()), Player(untrained));
        run.Measure("untrained", trained.WinRate, control.WinRate);

        IBatchPlayer<GoMove> Playouts() => new SearchBatchPlayer<GoMove>(
            "UCT", () => new PlayoutEvaluator<GoMove>(new GoPlayout(), seed: 1), SearchSettings.Uct with { Simulations = plan.SelfPlay.Search.Simulations }, run.Random("UCT"), DrawnPlies);
        run.Measure("playouts", Play("Trained against UCT", Player(system.Best), Playouts()).WinRate, Play("Untrained against UCT", Player(untrained), Playouts()).WinRate);
        run.Measure("gate", (double)system.Gate.Accepted / system.Gate.Matches);
        run.Images("Games against itself", Tensor.Stack([.. Enumerable.Range(0, 6).Select(_ => BoardPicture.Of(Itself(Player(system.Best), plan)))]));
    }

    static GoGame Itself(IBatchPlayer<GoMove> player, SelfPlayPlan<GoMove> plan)
    {
        var game = (GoGame)plan.Start.Clone();
        while (!game.IsTerminal && game.Ply < plan.SelfPlay.MaxPlies) game.Apply(player.Choose([game])[0]);
        return game;
    }
}
