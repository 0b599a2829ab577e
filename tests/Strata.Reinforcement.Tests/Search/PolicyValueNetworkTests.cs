using Strata.Games;
using Strata.Games.Chess;
using Strata.Games.Go;
using Strata.Games.InARow;
using Strata.Games.Shogi;
using Strata.Nn;
using Strata.Random;
using Strata.Reinforcement.Search;

namespace Strata.Reinforcement.Tests.Search;

public sealed class PolicyValueNetworkTests
{
    static long Learned(NetworkSize size) => new PolicyValueNetwork(size, 1).TrainableWeights.Sum(w => w.Shape.Size);

    /// <summary>A network whose policy is not uniform, as one that has learned.</summary>
    static PolicyValueNetwork Opinionated(NetworkSize size)
    {
        var network = new PolicyValueNetwork(size, 1);
        var random = new RandomStream(9);
        foreach (var kernel in network.TrainableWeights.Where(w => w.Shape.Rank > 1 && w.Value.Abs().Max().Item() == 0)) kernel.Assign(random.Normal(kernel.Shape) * 0.3);
        return network;
    }

    [Theory]
    [InlineData(PolicyHead.Dense)]
    [InlineData(PolicyHead.Planes)]
    public void An_untrained_network_holds_all_moves_alike_and_learns_from_there(PolicyHead head)
    {
        var network = new PolicyValueNetwork(new NetworkSize(3, 4, 2, 24, 1, 6, 7, head, PolicyFilters: 3), 3);
        var random = new RandomStream(1);
        Tensor[] batch = [random.Normal([8, 3, 4, 2]), random.Normal([8, 24]).Softmax(), random.Uniform([8, 1], -1, 1)];
        Assert.Equal(0, network.Freeze().Predict(batch[0]).Logits.Abs().Max().Item());
        var loss = new SelfPlayLoss(network, new SGD(0.1, momentum: 0.9));
        Assert.Equal(Math.Log(24), loss.Step(batch)[2].Item(), 1e-5);
        for (var i = 0; i < 20; i++) loss.Step(batch);
        Assert.True(loss.Step(batch)[2].Item() < Math.Log(24) - 0.01);
    }

    [Fact]
    public void AlphaGo_Zeros_networks_have_the_papers_weights()
    {
        // The counts follow from the layers of the paper's Methods: convolutions without bias, γ and β of the normalizations.
        Assert.Equal(22_827_877, Learned(NetworkSize.For(new GoGame(19), 19, 256)));
        var block = Learned(NetworkSize.For(new GoGame(5), 2, 256)) - Learned(NetworkSize.For(new GoGame(5), 1, 256));
        Assert.Equal(46_441_317, 22_827_877 + 20 * block); // 39 blocks are twenty more
    }

    [Fact]
    public void AlphaZeros_networks_have_the_papers_weights()
    {
        Assert.Equal(23_483_212, Learned(NetworkSize.For(new ChessGame(), 19, 256, policy: PolicyHead.Planes)));
        Assert.Equal(24_199_566, Learned(NetworkSize.For(new ShogiGame(), 19, 256, policy: PolicyHead.Planes)));
    }

    [Theory]
    [InlineData(PolicyHead.Dense)]
    [InlineData(PolicyHead.Planes)]
    public void A_frozen_network_is_the_network_in_inference(PolicyHead head)
    {
        var network = new PolicyValueNetwork(new NetworkSize(3, 4, 5, 24, 2, 6, 7, head), 3);
        var random = new RandomStream(1);
        var step = new SelfPlayLoss(network, new SGD(0.1, momentum: 0.9));
        Tensor[] batch = [random.Normal([8, 3, 4, 5]), random.Normal([8, 24]).Softmax(), random.Uniform([8, 1], -1, 1)];
        var frozen = network.Freeze();
        for (var i = 0; i < 5; i++) step.Step(batch); // moves weights and statistics
        var x = random.Normal([3, 3, 4, 5]);
        var before = frozen.Predict(x);
        var expected = network.Apply([x], new CallContext());
        var (logits, values) = network.Freeze().Predict(x);
        Assert.Equal([3, 24], logits.Shape);
        Assert.True((logits - expected[0]).Abs().Max().Item() < 1e-4);
        Assert.True((values - expected[1]).Abs().Max().Item() < 1e-5);
        Assert.True((logits - before.Logits).Abs().Max().Item() > 1e-3, "a frozen network changed with the weights, or learning changed nothing");
        Assert.True(values.Abs().Max().Item() <= 1);
    }

    [Fact]
    public void The_loss_of_a_uniform_policy_over_n_moves_and_a_value_of_0_is_1_plus_log_n()
    {
        const int n = 7;
        var logits = Tensor.From([.. Enumerable.Range(0, 10).Select(i => i < n ? 0.5f : -1e4f)], [1, 10]);
        foreach (var z in new[] { -1f, 1 })
        {
            var π = Tensor.From([0.4f, 0.6f, 0, 0, 0, 0, 0, 0, 0, 0], [1, 10]);
            var (value, policy) = SelfPlayLoss.Terms(logits, Tensor.Zeros([1, 1]), π, Tensor.From([z], [1, 1]));
            Assert.Equal(1 + Math.Log(n), value.Item() + policy.Item(), 1e-5);
        }
    }

    [Fact]
    public void A_step_goes_down_the_loss_with_its_penalty()
    {
        // One step of plain gradient descent: Δθ = −η (∂l/∂θ + 2cθ), seen on a weight that the data do not reach.
        var network = new PolicyValueNetwork(new NetworkSize(2, 2, 1, 3, 1, 2, 2), 3);
        const double rate = 0.1, c = 1e-2;
        var loss = new SelfPlayLoss(network, new SGD(rate) { L2 = 2 * c });
        var kernel = network.TrainableWeights[0];
        var (before, square) = (kernel.Value, kernel.Value.Square().Sum().Item());
        Tensor[] empty = [Tensor.Zeros([4, 2, 2, 1]), Tensor.Ones([4, 3]) / 3, Tensor.Zeros([4, 1])];
        loss.Step(empty); // no input: no gradient for the first kernel but the penalty's
        Assert.True(square > 0);
        Assert.True((kernel.Value - before * (1 - 2 * rate * c)).Abs().Max().Item() < 1e-6);

        var random = new RandomStream(2);
        Tensor[] batch = [random.Normal([16, 2, 2, 1]), random.Normal([16, 3]).Softmax(), random.Uniform([16, 1], -1, 1)];
        var first = loss.Step(batch)[0].Item();
        for (var i = 0; i < 30; i++) loss.Step(batch);
        Assert.True(loss.Step(batch)[0].Item() < first);
    }

    [Fact]
    public void Priors_are_those_of_the_legal_moves_alone()
    {
        var game = ConnectFourGame.FromText("444444");
        var network = Opinionated(NetworkSize.For(game, 1, 4, 8)).Freeze();
        var evaluator = new NetworkEvaluator<byte>(network, game, 4);
        for (var i = 0; i < 3; i++) evaluator.Add(game, game.LegalMoves());
        evaluator.Evaluate();
        var planes = new float[6 * 7 * 3];
        ((IPlanes)game).WritePlanes(planes);
        var (logits, value) = network.Predict(Tensor.From(planes, [1, 6, 7, 3]));
        var weights = game.LegalMoves().Select(move => Math.Exp(logits.ToArray<float>()[move])).ToArray();
        var priors = new float[6];
        for (var i = 0; i < 3; i++)
        {
            evaluator.Priors(i, priors);
            Assert.Equal(weights.Select(w => (float)(w / weights.Sum())), priors, (a, b) => Math.Abs(a - b) < 1e-5);
            Assert.Equal(value.Item(), evaluator.Value(i), 1e-5);
        }
    }

    [Fact]
    public void A_turned_evaluation_is_that_of_the_turned_position()
    {
        var game = GoGame.FromText("x....\n.....\n..o..\n.....\n....x");
        var network = Opinionated(NetworkSize.For(game, 1, 4, 8)).Freeze();
        var evaluator = new NetworkEvaluator<GoMove>(network, game, 64, new RandomStream(5));
        for (var i = 0; i < 64; i++) evaluator.Add(game, game.LegalMoves());
        evaluator.Evaluate();
        var seen = new HashSet<float>();
        var priors = new float[game.LegalMoves().Length];
        for (var i = 0; i < 64; i++)
        {
            evaluator.Priors(i, priors);
            Assert.Equal(1, priors.Sum(), 1e-5);
            seen.Add(MathF.Round(priors[0], 6));
        }

        Assert.InRange(seen.Count, 3, 8); // each of the eight ways, some alike because the position has symmetries of its own

        // The same by hand for one of them.
        var symmetries = new Symmetries(game, game.ActionCount);
        var (planes, turned) = (new float[5 * 5 * 17], new float[5 * 5 * 17]);
        ((IPlanes)game).WritePlanes(planes);
        symmetries.Turn(6, planes, turned);
        var logits = network.Predict(Tensor.From(turned, [1, 5, 5, 17])).Logits.Softmax().ToArray<float>();
        var moves = game.LegalMoves();
        var byHand = moves.Select(move => logits[symmetries.ActionUnder(6, game.ActionOf(move))]).ToArray();
        Assert.Contains(MathF.Round(byHand[0] / byHand.Sum(), 6), seen);
    }

    [Fact]
    public void A_network_of_another_game_is_refused() => Assert.StartsWith(
        "NetworkEvaluator: the network is for planes [3, 3, 3] and 9 moves, but the game has planes [6, 7, 3] and 7.",
        Assert.Throws<ArgumentException>(() => new NetworkEvaluator<byte>(new PolicyValueNetwork(NetworkSize.For(new TicTacToeGame(), 1, 4), 1).Freeze(), new ConnectFourGame(), 1)).Message,
        StringComparison.Ordinal);
}
