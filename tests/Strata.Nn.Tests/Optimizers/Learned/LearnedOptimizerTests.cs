using Strata.Random;

namespace Strata.Nn.Tests.Optimizers.Learned;

public sealed class LearnedOptimizerTests
{
    // |g| = e⁻¹⁰ belongs to both cases: (ln |g|/10, sgn g) = (−1, ±1) = (−1, e¹⁰g).
    [Theory]
    [InlineData(1.0, 0.0, 1.0)]
    [InlineData(-0.01, -0.4605170185988091, -1.0)]
    [InlineData(4.5399929762484854e-05, -1.0, 1.0)]
    [InlineData(-4.5399929762484854e-05, -1.0, -1.0)]
    [InlineData(1e-5, -1.0, .22026465794806717)]
    [InlineData(0.0, -1.0, 0.0)]
    [InlineData(200.0, .5298317366548036, 1.0)]
    public void Gradients_become_their_size_and_sign(double g, double size, double sign) =>
        Check.Close([size, sign], LogSignPreprocess.Of(Tensor.From([g])), 1e-12);

    [Theory]
    [InlineData(false, 5061)]
    [InlineData(true, 5141)]
    public void The_network_of_the_paper_has_these_weights(bool preprocessed, long weights) =>
        Assert.Equal(weights, new LearnedOptimizer(small: preprocessed ? 10 : null, seed: 1).Network.ParameterCount);

    [Fact]
    public void Coordinates_that_change_places_are_moved_alike()
    {
        int[] order = [3, 0, 2, 1];
        var at = Tensor.From(order);
        var random = new RandomStream(1);
        var (one, other) = (new LearnedOptimizer(5, seed: 2), new LearnedOptimizer(5, seed: 2));
        var start = random.Normal([4]);
        var (a, b) = (new Variable(start), new Variable(start.Gather(at, 0)));
        for (var i = 0; i < 5; i++)
        {
            var g = random.Normal([4]);
            one.Apply([a], [g]);
            other.Apply([b], [g.Gather(at, 0)]);
        }

        Assert.NotEqual(start.ToArray<float>(), a.Borrow().ToArray<float>());
        Check.Close([.. a.Borrow().Gather(at, 0).ToArray<float>().Select(v => (double)v)], b);
    }

    [Fact]
    public void With_an_output_of_0_nothing_ever_moves()
    {
        var learned = new LearnedOptimizer(5, seed: 1);
        foreach (var w in learned.Weights.Where(w => w.Name.StartsWith("output", StringComparison.Ordinal))) w.Assign(Tensor.Zeros(w.Shape));
        Assert.Single(new QuadraticProblems(2, 3).Minimize(learned, 10, new RandomStream(2)).Distinct());
    }

    [Fact]
    public void The_scale_multiplies_the_first_step()
    {
        double[] Step(double scale)
        {
            var (learned, x) = (new LearnedOptimizer(5, scale: scale, seed: 1), new Variable(Tensor.Zeros([2])));
            learned.Apply([x], [Tensor.From([.3f, -2])]);
            return [.. x.Borrow().ToArray<float>().Select(v => (double)v)];
        }

        Check.Close([.. Step(.1).Select(v => v * 3)], Tensor.From(Step(.3)));
    }

    [Fact]
    public void A_reset_optimizer_begins_anew()
    {
        var learned = new LearnedOptimizer(5, seed: 1);
        var g = Tensor.From([.3f, -2]);
        float[] Step()
        {
            var x = new Variable(Tensor.Zeros([2]));
            for (var i = 0; i < 3; i++) learned.Apply([x], [g]);
            return x.Borrow().ToArray<float>();
        }

        var x = new Variable(Tensor.Zeros([2]));
        learned.Apply([x], [g]);
        var first = x.Borrow().ToArray<float>();
        learned.Apply([x], [g]);
        learned.Reset();
        x.Assign(Tensor.Zeros([2]));
        learned.Apply([x], [g]);
        Assert.Equal(first, x.Borrow().ToArray<float>());
        Assert.Equal(1, learned.Iterations);
        Assert.Equal(Step(), Step()); // other variables have states of their own
    }

    // By hand: f = (2θ − 1)², gradient 4(2θ − 1), rate .1: θ = 0, .4, .48; f = 1, .04, .0016.
    [Fact]
    public void Minimizing_gives_the_function_before_each_step_and_after_the_last() =>
        Check.Close([1, .04, .0016], Tensor.From(new Parabola().Minimize(new SGD(.1), 2, new RandomStream(1))));

    [Fact]
    public void Several_draws_give_the_mean_of_what_each_gives()
    {
        var (problem, learned) = (new QuadraticProblems(2, 3), new LearnedOptimizer(4, seed: 1));
        var random = new RandomStream(4);
        double[][] each = [problem.Minimize(learned, 5, random), problem.Minimize(learned, 5, random)];
        Check.Close([.. each[0].Zip(each[1], (a, b) => (a + b) / 2)], Tensor.From(problem.Minimize(learned, 5, new RandomStream(4), draws: 2)));
    }

    // f(θ) = ‖Wθ − y‖² has the gradient 2Wᵀ(Wθ − y), whatever the other functions are.
    [Fact]
    public void Functions_side_by_side_do_not_see_each_other()
    {
        var problem = new QuadraticProblems(2, 3);
        problem.Draw(new RandomStream(1));
        var θ = problem.Parameters[0];
        var g = Gradient.Of(() => problem.Loss([]), problem.Parameters)[0];
        θ.Assign(θ.Borrow() * Tensor.From([1f, 0], [2, 1])); // the second is elsewhere
        Assert.Equal(g[0].ToArray<float>(), Gradient.Of(() => problem.Loss([]), problem.Parameters)[0][0].ToArray<float>());
    }

    sealed class Parabola : Optimizee
    {
        readonly Variable θ = new(Tensor.Zeros([]));

        public override IReadOnlyList<Variable> Parameters => [θ];

        public override void Draw(RandomStream random) => θ.Assign(Tensor.Zeros([]));

        public override Tensor Loss(Tensor[] batch) => ((θ.Borrow() * 2) - 1).Square();
    }
}
