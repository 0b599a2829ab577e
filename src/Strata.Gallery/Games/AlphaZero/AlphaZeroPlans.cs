using Strata.Games;
using Strata.Games.Chess;
using Strata.Games.Go;
using Strata.Games.InARow;
using Strata.Games.Shogi;
using Strata.Nn;
using Strata.Reinforcement.Search;

namespace Strata.Gallery.Games;

/// <summary>How AlphaZero is trained for each game. Between games only sizes, the scale of the noise and the longest game differ.</summary>
internal static class AlphaZeroPlans
{
    /// <summary>Boards of 3×3. Few moves are drawn: results of games that go on at random would teach the worth of positions to players who err. Every
    /// reply is to be met, foolish ones too, so half of the games begin where those lead, and each teaches all eight ways to turn the board.</summary>
    public static SelfPlayPlan<byte> TicTacToe { get; } = Opening(new(Share: 0.5, MostPlies: 5), Small(
        new TicTacToeGame(), blocks: 2, filters: 32, simulations: 50, alpha: 1.5, drawn: 4, rounds: 24, games: 64, steps: 40, window: 1600) with { Symmetries = true });

    /// <summary>The full board of 7×6. A few thousand games are a millionth of the paper's: what the search proves is not left to the network, each game
    /// teaches its mirror image too, and z is a quarter what the search made of the position.</summary>
    public static SelfPlayPlan<byte> ConnectFour { get; } = Opening(new(Share: 0.5, MostPlies: 8), Solving(Small(
        new ConnectFourGame(), blocks: 3, filters: 16, simulations: 64, alpha: 1, drawn: 8, rounds: 60, games: 64, steps: 60, window: 1600)));

    /// <summary>Chess on 5×5.</summary>
    public static SelfPlayPlan<ChessMove> Gardner { get; } = Small(
        ChessGame.Start(ChessVariant.Gardner), blocks: 2, filters: 32, simulations: 32, alpha: 0.6, drawn: 16, rounds: 30, games: 32, steps: 30, window: 400, maxPlies: 120, head: PolicyHead.Planes);

    /// <summary>Shogi on 5×5.</summary>
    public static SelfPlayPlan<ShogiMove> Minishogi { get; } = Small(
        ShogiGame.FromSfen(ShogiVariant.Mini.Start, ShogiVariant.Mini), blocks: 2, filters: 32, simulations: 32, alpha: 0.5, drawn: 16, rounds: 30, games: 32, steps: 30, window: 400, maxPlies: 120, head: PolicyHead.Planes);

    /// <summary>The paper's chess: 44 million games.</summary>
    public static SelfPlayPlan<ChessMove> Chess { get; } = Paper(ChessGame.Start(ChessVariant.Standard), alpha: 0.3, maxPlies: 512, millionGames: 44, PolicyHead.Planes);

    /// <summary>The paper's shogi: 24 million games.</summary>
    public static SelfPlayPlan<ShogiMove> Shogi { get; } = Paper(ShogiGame.FromSfen(ShogiVariant.Standard.Start, ShogiVariant.Standard), alpha: 0.15, maxPlies: 512, millionGames: 24, PolicyHead.Planes);

    /// <summary>The paper's Go: 21 million games.</summary>
    public static SelfPlayPlan<GoMove> Go { get; } = Paper(new GoGame(19), alpha: 0.03, maxPlies: 722, millionGames: 21, PolicyHead.Dense, game => Math.Sign(((GoGame)game).Score));

    static SelfPlayPlan<TMove> Small<TMove>(
        IGame<TMove> start, int blocks, int filters, int simulations, double alpha, int drawn, int rounds, int games, int steps, int window, int maxPlies = 512, PolicyHead head = PolicyHead.Dense)
        where TMove : unmanaged, IEquatable<TMove> => new()
        {
            Start = start,
            Network = NetworkSize.For(start, blocks, filters, valueUnits: 64, head),
            SelfPlay = new()
            {
                Search = new() { Simulations = simulations, Leaves = 1, Noise = new(alpha) }, // batches come from many games instead
                TemperaturePlies = drawn,
                MaxPlies = maxPlies,
                ParallelGames = 32,
            },
            Rounds = rounds,
            Games = games,
            Steps = steps,
            Batch = 256,
            Window = window,
            LearningRate = Falling(rounds * steps, 0.1),
        };

    static SelfPlayPlan<TMove> Opening<TMove>(RandomOpening opening, SelfPlayPlan<TMove> plan)
        where TMove : unmanaged, IEquatable<TMove> => plan with { SelfPlay = plan.SelfPlay with { Opening = opening } };

    /// <summary>What makes more of few games.</summary>
    static SelfPlayPlan<TMove> Solving<TMove>(SelfPlayPlan<TMove> plan)
        where TMove : unmanaged, IEquatable<TMove> => plan with
        {
            Network = plan.Network with { PolicyFilters = 8 },
            SelfPlay = plan.SelfPlay with { Search = plan.SelfPlay.Search with { Solver = true } },
            Symmetries = true,
            SearchShare = 0.25,
            FirstWindow = 256,
        };

    /// <summary>Silver et al. 2018, "Configuration" and table S3: 700,000 steps with batches of 4,096; 800 simulations a move.</summary>
    static SelfPlayPlan<TMove> Paper<TMove>(IGame<TMove> start, double alpha, int maxPlies, int millionGames, PolicyHead head, Func<IGame<TMove>, double>? adjudicate = null)
        where TMove : unmanaged, IEquatable<TMove> => new()
        {
            Start = start,
            Network = NetworkSize.For(start, blocks: 19, filters: 256, policy: head),
            SelfPlay = new()
            {
                Search = new() { Simulations = 800, Leaves = 8, Noise = new(alpha) },
                TemperaturePlies = 30,
                MaxPlies = maxPlies,
                Adjudicate = adjudicate,
                Resignation = new Resignation(),
            },
            Rounds = 700,
            Games = millionGames * 1_000_000 / 700,
            Steps = 1000,
            Batch = 4096,
            Window = 1_000_000,
            LearningRate = new PiecewiseConstant([100_000, 300_000, 500_000], [0.2, 0.02, 0.002, 0.0002]),
        };

    /// <summary>Three levels, as the papers' schedules have them.</summary>
    public static Schedule Falling(int steps, double rate) => new PiecewiseConstant([steps * 6L / 10, steps * 85L / 100], [rate, rate / 5, rate / 25]);
}
