using Strata.Games;
using Strata.Games.InARow;
using Strata.Games.Players;
using Strata.Reinforcement.Search;

namespace Strata.Gallery.Games;

/// <summary>AlphaZero on small games, on small boards of chess and shogi, and on the paper's three games.</summary>
public sealed class AlphaZeroRecipe : Recipe
{
    const int Playouts = 1000, Games = 100;

    /// <inheritdoc/>
    public override string Id => "alphazero";

    /// <inheritdoc/>
    public override string Title => "AlphaZero";

    /// <inheritdoc/>
    public override Source Source => new(
        "D. Silver et al.", 2018, "A general reinforcement learning algorithm that masters chess, shogi and Go through self-play", "Science 362; arXiv 1712.01815");

    /// <inheritdoc/>
    public override string Summary =>
        "One algorithm, told nothing of a game but its rules, learns by playing itself: tree search improves on the network's moves, and the "
        + "network learns to play as the search does. Tic-tac-toe without a loss against any reply; Connect Four against Monte-Carlo.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets =>
    [
        new("quick", "tic-tac-toe and Connect Four, about four minutes on two cores"),
        new("gardner", "chess on 5×5, a few minutes"),
        new("minishogi", "shogi on 5×5, a few minutes"),
        new("paper", "chess: 20 layers of 256 filters, 800 simulations, 44 million games"),
        new("paper-shogi", "shogi: the same, 24 million games"),
        new("paper-go", "Go on 19×19: the same, 21 million games"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        "Self-play and learning alternate in rounds on one machine instead of running side by side on 5,000 and 64 processors; within a round the network in play stays the same.",
        "Connect Four: the search proves the results of finished games upward (MCTS-solver, Winands et al. 2008), for the untrained network too; 8 policy filters; z "
            + "is three quarters the game's result and a quarter the search's value; the window grows from 256 games to 1,600.",
        "Tic-tac-toe and Connect Four: half of the games begin with 1 to 5 or 8 random moves, which teach nothing themselves, so that some thousand games see replies that the player itself would not make.",
        "Tic-tac-toe and Connect Four: positions are turned and mirrored in learning, as AlphaGo Zero's were.",
        "Small games: networks of 1 to 3 blocks, one leaf a tree in each batch (the batch comes from many games), noise of about 10 over the number of legal moves.",
        "The pseudocode of the paper's supplement halves the penalty c‖θ‖² and counts a move without visits as a loss; here both are as in the text.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) => (preset ?? Presets[0]).Name switch
    {
        "quick" =>
        [
            new("tic-tac-toe", "Against every reply, on either side of tic-tac-toe, this share of all lines is lost", Bound.Max(0), new("untrained network without search", 0.2)),
            new("connect-four", $"Of {Games} games of Connect Four against Monte-Carlo with {Playouts} playouts a move it wins this share", Bound.Min(0.8), new("untrained network, same search", 0.3)),
            new("search", "With search it wins this share of those games", Bound.Min(0.8), new("its policy without search", 0.2)),
        ],
        "gardner" or "minishogi" =>
        [
            new("untrained", "Against its untrained self with the same search it scores", Bound.Min(0.7), new("its policy without search", 0.1)),
            new("random", "Against random moves it scores", Bound.Min(0.95), new("untrained network, same search", 0.1)),
        ],
        _ => [new("untrained", "Against its untrained self with the same search it scores", Bound.Min(0.99), new("its policy without search", 0.01))],
    };

    /// <inheritdoc/>
    public override BoardPlayer? PlayerOf(Preset preset) => preset?.Name switch
    {
        "gardner" => new("gardner", AlphaZeroPlans.Gardner.Network, new()),
        "minishogi" => new("minishogi", AlphaZeroPlans.Minishogi.Network, new()),
        "paper" => new("chess", AlphaZeroPlans.Chess.Network, new()),
        "paper-shogi" => new("shogi", AlphaZeroPlans.Shogi.Network, new()),
        "paper-go" => new("go", AlphaZeroPlans.Go.Network, new(), 19),
        _ => null,
    };

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        switch (run.Preset.Name)
        {
            case "quick":
                TicTacToe(run);
                ConnectFour(run);
                break;
            case "gardner":
                Alone(run, AlphaZeroPlans.Gardner, games: 40);
                break;
            case "minishogi":
                Alone(run, AlphaZeroPlans.Minishogi, games: 40);
                break;
            case "paper":
                Alone(run, AlphaZeroPlans.Chess, games: 400);
                break;
            case "paper-shogi":
                Alone(run, AlphaZeroPlans.Shogi, games: 400);
                break;
            default:
                Alone(run, AlphaZeroPlans.Go, games: 400);
                break;
        }
    }

    static void TicTacToe(Run run)
    {
        var trial = new SelfPlayTrial<byte>(run, "tic-tac-toe", AlphaZeroPlans.TicTacToe);
        var control = Match.PlayEveryReply(trial.Start, trial.Policy(trial.Untrained));
        var trained = trial.Train();
        var lines = Match.PlayEveryReply(trial.Start, trial.Search(trained, simulations: 400));
        run.Say($"Tic-tac-toe against every reply: {lines}; untrained network without search: {control}.");
        run.Measure("tic-tac-toe", (double)lines.Losses / lines.Games, (double)control.Losses / control.Games);
    }

    static void ConnectFour(Run run)
    {
        const int simulations = Playouts; // as many as the opponent has
        var trial = new SelfPlayTrial<byte>(run, "Connect Four", AlphaZeroPlans.ConnectFour);
        var trained = trial.Train();
        run.Save(trial.Network);
        MatchResult AgainstMonteCarlo(string name, IBatchPlayer<byte> player, int count = Games)
        {
            var other = new SingleBatchPlayer<byte>(new MonteCarloPlayer<byte>(seed: (int)(run.SeedFor("Monte-Carlo") % int.MaxValue)), new SearchLimits(Nodes: Playouts));
            var result = Match.Play(trial.Start, player, other, count);
            run.Say($"Connect Four against Monte-Carlo, {Playouts} playouts: {name} {result}.");
            return result;
        }

        var search = AgainstMonteCarlo($"trained, {simulations} simulations", trial.Search(trained, simulations));
        var untrained = AgainstMonteCarlo($"untrained, {simulations} simulations", trial.Search(trial.Untrained, simulations), Games / 5);
        var policy = AgainstMonteCarlo("trained, without search", trial.Policy(trained, drawnPlies: 2));
        run.Measure("connect-four", search.WinRate, untrained.WinRate);
        run.Measure("search", search.WinRate, policy.WinRate);

        var uct = new SearchBatchPlayer<byte>("UCT", () => new PlayoutEvaluator<byte>(seed: 1), SearchSettings.Uct with { Simulations = Playouts }, run.Random("UCT"), drawnPlies: 2);
        var beyond = Match.Play(trial.Start, trial.Search(trained, simulations), uct, Games / 5);
        run.Say($"Connect Four against UCT, a tree with {Playouts} playouts, which is stronger: trained {beyond}.");
        run.Metric("Connect Four/score against UCT", 0, beyond.Score);
        var games = new ConnectFourGame[6];
        var pair = trial.Search(trained, simulations, drawnPlies: 4);
        for (var i = 0; i < games.Length; i++)
        {
            games[i] = new ConnectFourGame();
            while (!games[i].IsTerminal) games[i].Apply(pair.Choose([games[i]])[0]);
        }

        run.Images("Games against itself", Tensor.Stack([.. games.Select(BoardPicture.Of)]), [.. games.Select(game => game.Return(0) switch { > 0 => "first player", < 0 => "second player", _ => "drawn" })]);
    }

    static void Alone<TMove>(Run run, SelfPlayPlan<TMove> plan, int games)
        where TMove : unmanaged, IEquatable<TMove>
    {
        var trial = new SelfPlayTrial<TMove>(run, run.Preset.Name, plan);
        var trained = trial.Train();
        run.Save(trial.Network);
        var simulations = plan.SelfPlay.Search.Simulations;
        MatchResult Play(string text, IBatchPlayer<TMove> one, IBatchPlayer<TMove> other)
        {
            var result = Match.Play(plan.Start, one, other, games, plan.SelfPlay.MaxPlies, plan.SelfPlay.Adjudicate);
            run.Say($"{text}: {result}.");
            return result;
        }

        var drawn = 6;
        var untrained = trial.Search(trial.Untrained, simulations, drawn);
        var search = Play("Trained against untrained", trial.Search(trained, simulations, drawn), untrained);
        var policy = Play("Trained policy without search against untrained", trial.Policy(trained, drawn), untrained);
        run.Measure("untrained", search.Score, policy.Score);
        if (run.Claims.All(claim => claim.Key != "random")) return;
        var random = new PolicyBatchPlayer<TMove>("random", new PlayoutEvaluator<TMove>(new NoPlayout<TMove>(), capacity: games), run.Random("random"), drawnPlies: int.MaxValue);
        run.Measure(
            "random",
            Play("Trained against random moves", trial.Search(trained, simulations, drawn), random).Score,
            Play("Untrained against random moves", untrained, random).Score);
    }

    /// <summary>Judges nothing: for players that need priors alone.</summary>
    sealed class NoPlayout<TMove> : IPlayout<TMove>
        where TMove : unmanaged, IEquatable<TMove>
    {
        public bool IsSensible(IGame<TMove> game, TMove move) => true;

        public double Run(IGame<TMove> game, int player, System.Random random) => 0;
    }
}
