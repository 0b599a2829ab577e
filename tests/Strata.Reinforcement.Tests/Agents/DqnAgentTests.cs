using Strata.Nn;

namespace Strata.Reinforcement.Tests;

public sealed class DqnAgentTests
{
    [Theory]
    [InlineData(false, 4, 1_686_180)]
    [InlineData(false, 18, 1_693_362)]
    [InlineData(true, 18, 1_693_345)]
    public void The_network_of_2015_has_its_number_of_weights(bool sharedBias, int actions, int expected)
    {
        var network = QNetworks.Nature(actions, 1, sharedBias);
        network.BuildFor([84, 84, 4], DType.UInt8);
        Assert.Equal(expected, network.ParameterCount);
    }

    [Theory]
    [InlineData(4, 677_172)]
    [InlineData(5, 677_429)] // A3C with four actions: logits and value
    [InlineData(19, 681_027)]
    public void The_network_of_2013_has_its_number_of_weights(int outputs, int expected)
    {
        var network = QNetworks.Nips(outputs, 1);
        network.BuildFor([84, 84, 4], DType.UInt8);
        Assert.Equal(expected, network.ParameterCount);
    }

    // A network without hidden layers on states that are one-hot is a table.
    static DqnAgent Agent(TargetRule rule, float[,] online, float[,] target, double rate = 0)
    {
        var made = 0;
        var agent = new DqnAgent(
            () =>
            {
                var table = new Sequential(new Dense(online.GetLength(1), useBias: false));
                table.BuildFor([online.GetLength(0)]);
                table.SetWeights([Tensor.From(online)]);
                made++;
                return table;
            },
            [online.GetLength(0)],
            DType.Float32,
            new SGD(rate),
            rule);
        agent.Network.SetWeights([Tensor.From(target)]);
        agent.Refresh();
        agent.Network.SetWeights([Tensor.From(online)]);
        return agent;
    }

    [Theory]
    [InlineData(TargetRule.Dqn, 28)]
    [InlineData(TargetRule.DoubleDqn, 19)]
    [InlineData(TargetRule.QLearning, 3.7)]
    public void Each_rule_has_its_target(TargetRule rule, double expected)
    {
        var agent = Agent(rule, new float[,] { { 1, 3, 2 } }, new float[,] { { 10, 20, 30 } });
        Assert.Equal(expected, agent.Targets(Tensor.From(1f), Tensor.From(0.9f), Tensor.From(new float[,] { { 1 } })).Item(), 5);
        Assert.Equal(1, agent.Targets(Tensor.From(1f), Tensor.From(0f), Tensor.From(new float[,] { { 1 } })).Item(), 6); // terminal
    }

    [Fact]
    public void Without_delay_the_target_is_the_network()
    {
        var agent = Agent(TargetRule.Dqn, new float[,] { { 1, 3, 2 } }, new float[,] { { 10, 20, 30 } });
        agent.Refresh();
        Assert.Equal(1 + (0.9 * 3), agent.Targets(Tensor.From(1f), Tensor.From(0.9f), Tensor.From(new float[,] { { 1 } })).Item(), 5);
    }

    [Fact]
    public void The_gradient_is_the_error_clipped_to_1()
    {
        foreach (var (reward, moved) in new[] { (3.25f, 0.25f), (8f, 1f), (-8f, -1f) })
        {
            var agent = Agent(TargetRule.Dqn, new float[,] { { 1, 3, 2 } }, new float[,] { { 0, 0, 0 } }, rate: 1);
            var one = Tensor.From(new float[,] { { 1 } });
            var errors = agent.Step([one, Tensor.From(new long[,] { { 1 } }), Tensor.From(reward), Tensor.From(0f), one, Tensor.From(1f)]);
            Assert.Equal(reward - 3, errors[0].Item(), 5);
            Assert.Equal(3 + moved, agent.Values([1f])[1], 1e-6);
        }
    }

    [Fact]
    public void The_first_step_of_centered_RMSProp_is_the_closed_form()
    {
        var weight = new Variable(Tensor.From(0f));
        new CenteredRmsProp().Apply([weight], [Tensor.From(1f)]);
        Assert.Equal(-1.04257e-3, weight.Value.Item(), 1e-8);
    }

    [Fact]
    public void Table_values_reach_the_optimum_of_a_chain()
    {
        var mdp = GridWorlds.Chain(3);
        var agent = Agent(TargetRule.DoubleDqn, new float[4, 2], new float[4, 2], rate: 0.5);
        for (var sweep = 0; sweep < 400; sweep++)
        {
            for (var s = 0; s < 3; s++)
            {
                for (var a = 0; a < 2; a++)
                {
                    var o = mdp.Outcomes(s, a)[0];
                    agent.Step([OneHot(s), Tensor.From(new long[,] { { a } }), Tensor.From((float)o.Reward), Tensor.From(mdp.IsTerminal(o.Next) ? 0 : 0.9f), OneHot(o.Next), Tensor.From(1f)]);
                }
            }

            agent.Refresh();
        }

        Assert.Equal(0.81, agent.Values([1f, 0, 0, 0])[1], 1e-3);

        static Tensor OneHot(int s)
        {
            var x = new float[1, 4];
            x[0, s] = 1;
            return Tensor.From(x);
        }
    }
}
