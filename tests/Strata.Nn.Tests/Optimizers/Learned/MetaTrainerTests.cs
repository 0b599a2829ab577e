using Strata.Random;

namespace Strata.Nn.Tests.Optimizers.Learned;

public sealed class MetaTrainerTests
{
    const int Steps = 4;

    // Finite differences of Σ f(θₜ), where the gradients that the optimizer sees are those of the unchanged φ (first order), or those at the θ that it came
    // to (second order).
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_gradient_of_the_weights_agrees_with_differences(bool secondOrder)
    {
        var learned = new LearnedOptimizer(3, 2, scale: 1, seed: 1);
        var problem = new QuadraticProblems(2, 3);
        problem.Draw(new RandomStream(3));
        var start = problem.Parameters[0].Value;
        var trainer = new MetaTrainer(learned, problem, new SGD(), Steps, Steps, secondOrder);
        var (loss, gradients) = trainer.MetaGradient([]);
        var recorded = new List<Tensor>();
        Assert.Equal(Loss(record: true), loss.Item(), 1e-3);

        for (var w = 0; w < gradients.Length; w++)
        {
            // Along a direction, for float32 has few digits for one weight alone.
            var direction = new RandomStream(w).Normal(gradients[w].Shape);
            var value = learned.Weights[w].Value;
            const double step = 1e-2;
            learned.Weights[w].Assign(value + (direction * step));
            var above = Loss(record: false);
            learned.Weights[w].Assign(value - (direction * step));
            var below = Loss(record: false);
            learned.Weights[w].Assign(value);
            var expected = (above - below) / (2 * step);
            Assert.Equal(expected, (gradients[w] * direction).Sum().Item(), (2e-2 * Math.Abs(expected)) + 2e-2);
        }

        double Loss(bool record)
        {
            problem.Parameters[0].Assign(start);
            learned.Reset();
            var sum = 0.0;
            for (var t = 0; t < Steps; t++)
            {
                var (f, g) = Gradient.ValueAndGradient(() => problem.Loss([]), problem.Parameters);
                sum += f.Item();
                if (record) recorded.Add(g[0].Keep());
                learned.Apply(problem.Parameters, [secondOrder ? g[0] : recorded[t]]);
            }

            return (sum + problem.Loss([]).Item()) / 2;
        }
    }

    [Fact]
    public void The_orders_differ()
    {
        float[] First(bool secondOrder)
        {
            var learned = new LearnedOptimizer(3, scale: 1, seed: 1);
            var problem = new QuadraticProblems(2, 3);
            problem.Draw(new RandomStream(3));
            return new MetaTrainer(learned, problem, new SGD(), Steps, Steps, secondOrder).MetaGradient([]).Gradients[0].ToArray<float>();
        }

        Assert.NotEqual(First(false), First(true));
    }

    [Fact]
    public void An_epoch_goes_on_from_stretch_to_stretch_and_the_next_begins_anew()
    {
        // With φ fixed (a rate of 0) the mean over two stretches is that of the eight steps.
        var problem = new QuadraticProblems(2, 3);
        var learned = new LearnedOptimizer(3, seed: 1);
        var trainer = new MetaTrainer(learned, problem, new SGD(0), Steps, 2 * Steps);
        for (var epoch = 0; epoch < 2; epoch++)
        {
            var mean = trainer.Epoch(new RandomStream(5 + epoch));
            var f = problem.Minimize(new LearnedOptimizer(3, seed: 1), 2 * Steps, new RandomStream(5 + epoch));
            Assert.Equal((f[..(Steps + 1)].Average() + f[Steps..].Average()) / 2, mean, 1e-3);
        }
    }

    [Fact]
    public void An_optimizer_learns_to_go_down()
    {
        var learned = new LearnedOptimizer(8, 1, seed: 1);
        var problem = new QuadraticProblems(8, 3);
        double Final() => problem.Minimize(learned, 20, new RandomStream(100))[^1];
        var before = Final();
        var trainer = new MetaTrainer(learned, problem, new Adam(.01) { ClipNorm = 1 }, 10, 20);
        var random = new RandomStream(7);
        for (var epoch = 0; epoch < 40; epoch++) trainer.Epoch(random);
        Assert.True(Final() < before / 2);
    }

    [Fact]
    public void Stretches_that_do_not_fill_an_epoch_are_refused() => Check.Fails(
        "MetaTrainer: 100 steps cannot be cut into stretches of 30.",
        () => new MetaTrainer(new LearnedOptimizer(2, seed: 1), new QuadraticProblems(1), new SGD(), 30));
}
