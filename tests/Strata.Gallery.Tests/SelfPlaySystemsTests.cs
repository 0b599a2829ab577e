using Strata.Gallery.Games;
using Strata.Games;
using Strata.Games.Chess;
using Strata.Games.Go;
using Strata.Games.InARow;
using Strata.Games.Shogi;
using Strata.Reinforcement.Search;

namespace Strata.Gallery.Tests;

public sealed class SelfPlaySystemsTests
{
    static SelfPlayPlan<byte> Tiny(bool symmetries) => new()
    {
        Start = new TicTacToeGame(),
        Network = NetworkSize.For(new TicTacToeGame(), 1, 8, 16),
        SelfPlay = new() { Search = new() { Simulations = 8, Leaves = 1, Noise = new(1) }, ParallelGames = 4, TemperaturePlies = 4 },
        Rounds = 3,
        Games = 8,
        Steps = 10,
        Batch = 32,
        Window = 20,
        LearningRate = 0.05,
        Symmetries = symmetries,
    };

    [Fact]
    public void AlphaZero_learns_from_its_games()
    {
        var system = new AlphaZero<byte>(Tiny(symmetries: false), 1);
        var rounds = new List<SelfPlayRound>();
        system.Train(rounds.Add);
        Assert.Equal([10L, 20, 30], rounds.Select(round => round.Steps));
        Assert.All(rounds, round => Assert.InRange(round.Plies, 5, 9));
        Assert.True(rounds[^1].PolicyLoss < rounds[0].PolicyLoss);
    }

    [Fact]
    public void A_window_grows_evenly()
    {
        var plan = Tiny(symmetries: false) with { Rounds = 5, Window = 100 };
        Assert.All(Enumerable.Range(1, 5), round => Assert.Equal(100, plan.WindowOf(round)));
        Assert.Equal([20, 40, 60, 80, 100], Enumerable.Range(1, 5).Select((plan with { FirstWindow = 20 }).WindowOf));
    }

    [Fact]
    public void AlphaGo_Zero_asks_its_gate_every_round()
    {
        var system = new AlphaGoZero<byte>(Tiny(symmetries: true), gateGames: 6, 1);
        var first = system.Best;
        system.Train();
        Assert.Equal(3, system.Gate.Matches);
        Assert.Equal(system.Gate.Accepted == 0, ReferenceEquals(first, system.Best));
    }

    [Fact]
    public void The_papers_configurations_are_those_published()
    {
        var chess = AlphaZeroPlans.Chess;
        Assert.Equal((800, 0.3, 0.25), (chess.SelfPlay.Search.Simulations, chess.SelfPlay.Search.Noise!.Alpha, chess.SelfPlay.Search.Noise.Share));
        Assert.Equal((700_000, 4096, 1_000_000, 30, 512), (chess.TotalSteps, chess.Batch, chess.Window, chess.SelfPlay.TemperaturePlies, chess.SelfPlay.MaxPlies));
        Assert.Equal([0.2, 0.02, 0.002, 0.0002], new long[] { 1, 100_001, 300_001, 500_001 }.Select(chess.LearningRate.At));
        Assert.Equal((8, 8, 119, 4672, 19, 256), Shape(chess.Network));
        Assert.Equal((9, 9, 362, 11_259, 19, 256), Shape(AlphaZeroPlans.Shogi.Network));
        Assert.Equal((19, 19, 17, 362, 19, 256), Shape(AlphaZeroPlans.Go.Network));
        Assert.Equal((0.15, 0.03, 722), (AlphaZeroPlans.Shogi.SelfPlay.Search.Noise!.Alpha, AlphaZeroPlans.Go.SelfPlay.Search.Noise!.Alpha, AlphaZeroPlans.Go.SelfPlay.MaxPlies));
        Assert.All(new[] { chess.Symmetries, AlphaZeroPlans.Shogi.Symmetries, AlphaZeroPlans.Go.Symmetries }, Assert.False);

        var go = AlphaGoZeroRecipe.Paper(19);
        Assert.Equal((1600, 8, 0.03, 2048, 500_000, true), (go.SelfPlay.Search.Simulations, go.SelfPlay.Search.Leaves, go.SelfPlay.Search.Noise!.Alpha, go.Batch, go.Window, go.Symmetries));
        Assert.Equal([1e-2, 1e-3, 1e-4], new long[] { 1, 400_001, 600_001 }.Select(go.LearningRate.At));
        Assert.Equal((4_900_000, 39), (go.Games * go.Rounds, AlphaGoZeroRecipe.Paper(39).Network.Blocks));

        static (int, int, int, int, int, int) Shape(NetworkSize s) => (s.Height, s.Width, s.Planes, s.Actions, s.Blocks, s.Filters);
    }

    [Fact]
    public void Engines_play_with_the_model_of_a_run()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "model.strata");
            var recipe = Recipes.Get("alphago-zero");
            TrainedModel.Save(path, recipe, recipe.Presets[0], new PolicyValueNetwork(recipe.PlayerOf(recipe.Presets[0])!.Size, 1));
            var answers = Talk("go", folder.FullName, "name\nboardsize 9\nboardsize 5\ntime_settings 0 1 50\ngenmove b\nplay w pass\ngenmove b\nquit\n");
            Assert.StartsWith("= Strata AlphaGo Zero\n\n? unacceptable size\n\n= \n\n= \n\n= ", answers, StringComparison.Ordinal);
            Assert.DoesNotContain("genmove:", answers, StringComparison.Ordinal);

            Assert.Contains("plays go, not chess", Assert.Throws<StrataException>(() => Talk("chess", path, "")).Message, StringComparison.Ordinal);
            Assert.Contains("there is no game 'checkers'", Assert.Throws<FormatException>(() => Talk("checkers", path, "")).Message, StringComparison.Ordinal);

            var alphaZero = Recipes.Get("alphazero");
            var gardner = alphaZero.Presets.Single(p => p.Name == "gardner");
            TrainedModel.Save(path, alphaZero, gardner, new PolicyValueNetwork(alphaZero.PlayerOf(gardner)!.Size, 1));
            Assert.Contains("bestmove ", Talk("gardner", path, "uci\nposition startpos moves a2a3\ngo nodes 30\nquit\n"), StringComparison.Ordinal);
            TrainedModel.Save(path, alphaZero, alphaZero.Presets[0], new PolicyValueNetwork(NetworkSize.For(new ConnectFourGame(), 1, 8), 1));
            Assert.Contains("plays none of chess", Assert.Throws<StrataException>(() => Talk("gardner", path, "")).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Without_a_model_engines_search_plainly()
    {
        Assert.StartsWith("= Strata UCT", Talk("go", null, "name\nboardsize 5\ntime_settings 0 1 50\ngenmove b\nquit\n"), StringComparison.Ordinal);
        Assert.Contains("bestmove ", Talk("chess", null, "position startpos\ngo nodes 200\nquit\n"), StringComparison.Ordinal);
    }

    static string Talk(string game, string? model, string commands)
    {
        using var answers = new StringWriter();
        GameEngine.Run(game, model, new StringReader(commands), answers);
        return answers.ToString();
    }
}
