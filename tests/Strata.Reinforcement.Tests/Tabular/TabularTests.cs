namespace Strata.Reinforcement.Tests;

public sealed class TabularTests
{
    [Fact]
    public void Random_walking_on_the_grid_has_the_values_of_the_book()
    {
        var bellman = new BellmanOperator(GridWorlds.Grid4x4(), 1);
        double[] expected = [0, -14, -20, -22, -14, -18, -20, -20, -20, -20, -18, -14, -22, -20, -14, 0];
        Assert.True(BellmanOperator.Distance(expected, DynamicProgramming.Evaluate(bellman, DynamicProgramming.Uniform(bellman.Mdp))) < 1e-8);
        Assert.True(BellmanOperator.Distance(expected, DynamicProgramming.Solve(bellman, DynamicProgramming.Uniform(bellman.Mdp))) < 1e-8);
    }

    [Fact]
    public void The_best_way_on_the_grid_is_the_shortest()
    {
        var bellman = new BellmanOperator(GridWorlds.Grid4x4(), 1);
        var q = DynamicProgramming.ValueIteration(bellman);
        double[] expected = [0, -1, -2, -3, -1, -2, -3, -2, -2, -3, -2, -1, -3, -2, -1, 0];
        for (var s = 0; s < 16; s++) Assert.Equal(expected[s], bellman.Best(q, s));
    }

    [Fact]
    public void The_operator_contracts_by_gamma_and_a_shift_by_exactly_gamma()
    {
        var bellman = new BellmanOperator(GridWorlds.Garnet(50, 4, 5, 1), 0.9);
        var random = new NumpyRandom(2);
        double[] x = new double[200], y = new double[200], tx = new double[200], ty = new double[200];
        for (var pair = 0; pair < 200; pair++)
        {
            for (var i = 0; i < 200; i++) (x[i], y[i]) = (random.Normal(), random.Normal());
            bellman.Apply(x, tx);
            bellman.Apply(y, ty);
            Assert.True(BellmanOperator.Distance(tx, ty) <= (0.9 * BellmanOperator.Distance(x, y)) + 1e-12);
        }

        for (var i = 0; i < 200; i++) y[i] = x[i] + 3;
        bellman.Apply(x, tx);
        bellman.Apply(y, ty);
        Assert.Equal(0.9 * 3, BellmanOperator.Distance(tx, ty), 1e-12);
    }

    [Fact]
    public void Evaluation_by_sweeps_is_the_direct_solution()
    {
        var bellman = new BellmanOperator(GridWorlds.Garnet(50, 4, 5, 3), 0.95);
        var policy = DynamicProgramming.Uniform(bellman.Mdp);
        Assert.True(BellmanOperator.Distance(DynamicProgramming.Solve(bellman, policy), DynamicProgramming.Evaluate(bellman, policy)) < 1e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Policy_and_value_iteration_find_the_same_policy(long seed)
    {
        var bellman = new BellmanOperator(GridWorlds.Garnet(50, 4, 5, seed), 0.9);
        Assert.Equal(bellman.Greedy(DynamicProgramming.ValueIteration(bellman)), DynamicProgramming.PolicyIteration(bellman).Policy);
    }

    [Fact]
    public void Errors_fall_to_a_millionth_within_132_sweeps()
    {
        var bellman = new BellmanOperator(GridWorlds.Garnet(50, 4, 5, 1), 0.9);
        var best = DynamicProgramming.ValueIteration(bellman, 1e-13);
        double[] q = new double[200], next = new double[200];
        var start = BellmanOperator.Distance(q, best);
        var sweeps = 0;
        for (; BellmanOperator.Distance(q, best) > 1e-6 * start; sweeps++)
        {
            bellman.Apply(q, next);
            (q, next) = (next, q);
        }

        Assert.InRange(sweeps, 1, 132);
    }

    [Fact]
    public void Undamped_learning_over_all_entries_is_a_Gauss_Seidel_sweep()
    {
        var mdp = GridWorlds.Cliff();
        var (bellman, learned) = (new BellmanOperator(mdp, 0.9), new TabularQ(mdp.States, mdp.Actions, 0.9));
        var swept = new double[mdp.States * mdp.Actions];
        for (var sweep = 0; sweep < 5; sweep++)
        {
            bellman.Sweep(swept);
            for (var s = 0; s < mdp.States; s++)
                for (var a = 0; a < mdp.Actions; a++)
                    foreach (var o in mdp.Outcomes(s, a)) learned.QLearning(s, a, o.Reward, o.Next, mdp.IsTerminal(o.Next), 1);
            Assert.Equal(swept, learned.Values.ToArray());
        }
    }

    [Fact]
    public void A_rate_of_0_changes_nothing()
    {
        var q = new TabularQ(2, 2, 0.9);
        q.QLearning(0, 0, 5, 1, false, 0);
        q.Sarsa(0, 1, 5, 1, 0, false, 0);
        Assert.All(q.Values.ToArray(), x => Assert.Equal(0, x));
    }

    [Fact]
    public void Each_method_has_its_target()
    {
        TabularQ q = new(2, 2, 0.5), other = new(2, 2, 0.5);
        (q.Of(1)[0], q.Of(1)[1]) = (4, 2);
        (other.Of(1)[0], other.Of(1)[1]) = (-2, 8);
        q.QLearning(0, 0, 1, 1, false, 1);
        Assert.Equal(3, q.Of(0)[0]);
        q.Sarsa(0, 0, 1, 1, 1, false, 1);
        Assert.Equal(2, q.Of(0)[0]);
        q.DoubleQ(0, 0, 1, 1, false, 1, other);
        Assert.Equal(0, q.Of(0)[0]);
        q.QLearning(0, 0, 1, 1, true, 1);
        Assert.Equal(1, q.Of(0)[0]);
    }

    [Fact]
    public void Probabilities_that_do_not_sum_to_1_are_refused() => Assert.Equal(
        "FiniteMdp: the probabilities of state 0 and action 0 sum to 0.5, not 1.",
        Assert.Throws<EnvironmentException>(() => new FiniteMdp(1, 1, (_, _) => [new Outcome(0, 0.5, 0)])).Message);
}
