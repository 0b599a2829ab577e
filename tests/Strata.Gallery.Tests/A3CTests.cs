using Strata.Gallery.Reinforcement.Asynchronous;
using Strata.Nn;
using Strata.Reinforcement;

namespace Strata.Gallery.Tests;

public sealed class A3CTests
{
    static readonly Space space = new TMaze(4).ObservationSpace;

    static LstmActorCritic Network() => new(8, 6, 3, space.Shape, 1);

    [Fact]
    public void The_recurrent_network_of_the_paper_has_its_number_of_weights()
    {
        // The 2013 form without its output, a cell of 256 on 256 units, and one layer for 18 logits and the value.
        var trunk = QNetworks.Nips(1, 1);
        trunk.BuildFor([84, 84, 4], DType.UInt8);
        var cell = new LstmActorCritic(1, 256, 18, [1], 1);
        var gates = cell.Weights.Where(w => w.Shape[^1] == 1024).Sum(w => w.Shape.Size);
        Assert.Equal(1024 + 1024 + (256 * 1024), gates); // one input here
        Assert.Equal(1_206_339, trunk.ParameterCount - 257 + (4 * 256 * (256 + 256 + 1)) + (257 * 19));
    }

    [Fact]
    public void The_memory_is_empty_after_a_reset_and_not_before()
    {
        var learner = new RecurrentActorCriticLearner(Network(), space, 6, 1);
        Span<float> action = [0];
        var env = new TMaze(4);
        env.Reset(1);
        learner.BeginEpisode();
        learner.Act(env.ObservationBytes, 0, action);
        Assert.Contains(learner.Hidden.ToArray(), x => x != 0);
        learner.BeginEpisode();
        Assert.All(learner.Hidden.ToArray(), x => Assert.Equal(0, x));
    }

    // The loss over four steps is the sum over two and two, the second beginning where the first ended.
    [Fact]
    public void Segments_continue_each_other()
    {
        var network = Network();
        var learner = new RecurrentActorCriticLearner(network, space, 6, 1);
        var random = new NumpyRandom(3);
        var x = Tensor.From(Enumerable.Range(0, 16).Select(_ => (float)random.Normal()).ToArray(), [4, 4]);
        var actions = Tensor.From(new long[,] { { 0 }, { 1 }, { 2 }, { 0 } });
        var returns = Tensor.From(1f, 2f, -1f, 0.5f);
        Tensor h = Tensor.Zeros([1, 6]), c = Tensor.Zeros([1, 6]);
        var whole = learner.Loss(x, actions, returns, h, c).Item();
        var first = learner.Loss(x[..2, ..], actions[..2, ..], returns[..2], h, c).Item();
        for (var t = 0; t < 2; t++)
        {
            var next = network.Apply([x[t..(t + 1), ..], h, c], new CallContext());
            (h, c) = (next[1], next[2]);
        }

        Assert.Equal(whole, first + learner.Loss(x[2.., ..], actions[2.., ..], returns[2..], h, c).Item(), 1e-4);
    }

    [Fact]
    public void Without_a_memory_the_maze_is_a_coin()
    {
        var env = new TMaze(3);
        var (sum, random) = (0.0, new NumpyRandom(1));
        env.Reset(1);
        for (var episode = 0; episode < 400; episode++)
        {
            var cue = env.Observation<float>()[0] == 1;
            for (var t = 0; t < 3; t++) Assert.Equal(default, env.Step(0));
            Assert.Equal(1, env.Observation<float>()[3]);
            var result = env.Step(episode % 2 == 0 ? (cue ? 1 : 2) : 1 + random.NextInt(2));
            if (episode % 2 == 0) Assert.Equal(1, result.Reward);
            else sum += result.Reward;
            env.Reset();
        }

        Assert.InRange(sum, -60, 60);
    }
}
