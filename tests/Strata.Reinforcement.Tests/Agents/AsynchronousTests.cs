using Strata.Nn;

namespace Strata.Reinforcement.Tests;

public sealed class AsynchronousTests
{
    static readonly Space plane = new CartPole().ObservationSpace;

    static Sequential Network(int outputs, long seed = 1)
    {
        var network = QNetworks.Perceptron(outputs, seed, Activation.Tanh, 8);
        network.BuildFor([4]);
        return network;
    }

    static Segment Filled(bool terminated)
    {
        var segment = new Segment(plane, 3, 1);
        var env = new CartPole();
        env.Reset(1);
        segment.Begin(env.ObservationBytes);
        for (var t = 0; t < 3; t++)
        {
            var result = env.Step(t % 2) with { Terminated = terminated && t == 2 };
            segment.Add([t % 2], result, t + 1, env.ObservationBytes);
        }

        return segment;
    }

    [Fact]
    public void N_step_Q_with_one_step_is_one_step_Q()
    {
        var segment = new Segment(plane, 1, 1);
        var env = new CartPole();
        env.Reset(3);
        segment.Begin(env.ObservationBytes);
        segment.Add([1], env.Step(1), 1, env.ObservationBytes);
        var gradients = new[] { AsyncTarget.NStepQ, AsyncTarget.OneStepQ }
            .Select(m => new AsyncValueLearner(() => Network(2), plane, m, 0.1, 1, 1).Learn(segment).SelectMany(g => g.ToArray<float>()).ToArray())
            .ToArray();
        Assert.Equal(gradients[0], gradients[1]);
        Assert.Contains(gradients[0], g => g != 0);
    }

    [Fact]
    public void Returns_equal_to_the_value_and_no_entropy_give_no_gradient()
    {
        var network = Network(3);
        var learner = new ActorCriticLearner(network, plane, 1, entropy: 0);
        var segment = Filled(terminated: true);
        var values = network.Apply(segment.States())[.., ^1];
        foreach (var gradient in learner.Step([segment.States(), segment.DiscreteActions(), values]))
            Assert.All(gradient.ToArray<float>(), g => Assert.Equal(0, g, 1e-6));
    }

    [Fact]
    public void The_loss_of_actor_and_critic_is_its_formula()
    {
        var network = Network(3);
        var segment = Filled(terminated: true);
        float[] returns = [6, 5, 3];
        var output = network.Apply(segment.States()).ToArray<float>();
        var expected = 0.0;
        for (var t = 0; t < 3; t++)
        {
            var (l0, l1, v) = (output[3 * t], output[(3 * t) + 1], output[(3 * t) + 2]);
            var sum = Math.Log(Math.Exp(l0) + Math.Exp(l1));
            double[] logs = [l0 - sum, l1 - sum];
            expected += (0.5 * (returns[t] - v) * (returns[t] - v)) - (logs[t % 2] * (returns[t] - v)) + (0.01 * logs.Sum(p => p * Math.Exp(p)));
        }

        var loss = new ActorCriticLearner(network, plane, 1).Loss(segment.States(), segment.DiscreteActions(), Tensor.From(returns));
        Assert.Equal(expected, loss.Item(), 1e-4);
    }

    [Fact]
    public void A_shared_mean_is_the_same_whoever_pushes()
    {
        var network = Network(2);
        var random = new NumpyRandom(1);
        var pushes = Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, (int)network.ParameterCount).Select(_ => (float)random.Normal()).ToArray()).ToArray();
        SharedParameters one = new(network), two = new(network);
        SharedRmsProp alone = new(one), shared = new(two);
        foreach (var push in pushes) alone.Apply(push, 0.01);
        for (var i = 0; i < 6; i++)
        {
            var thread = new Thread(() => shared.Apply(pushes[i], 0.01));
            thread.Start();
            thread.Join();
        }

        Assert.Equal(alone.SquaredGradients, shared.SquaredGradients);
        Assert.Equal(one.Values, two.Values);
    }

    [Fact]
    public void RMSProp_is_its_formula_and_clips_the_norm()
    {
        var network = Network(2);
        var parameters = new SharedParameters(network);
        var before = parameters.Values.ToArray();
        var gradient = new float[before.Length];
        (gradient[0], gradient[^1]) = (3, 4);
        new SharedRmsProp(parameters, 0.9, 0.1).Apply(gradient, 0.01, clip: 1);
        Assert.Equal(before[0] - (0.01 * 0.6 / Math.Sqrt((0.1 * 0.36) + 0.1)), parameters.Values[0], 1e-6);
        Assert.Equal(before[^1] - (0.01 * 0.8 / Math.Sqrt((0.1 * 0.64) + 0.1)), parameters.Values[^1], 1e-6);
        Assert.Equal(before[1], parameters.Values[1]);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void On_one_thread_all_is_the_same_each_time(int threads, bool same)
    {
        float[] Train()
        {
            var trainer = new AsyncTrainer(
                _ => new TimeLimit(new CartPole(), 500),
                i => new ActorCriticLearner(Network(3), plane, i),
                new AsyncSettings { Actors = 3, Threads = threads, Steps = 600, Rate = 0.01 },
                7);
            trainer.Run();
            Assert.InRange(trainer.Steps, 600, 620);
            return trainer.Parameters.Values;
        }

        var first = Train();
        Assert.All(first, x => Assert.True(float.IsFinite(x)));
        if (same) Assert.Equal(first, Train());
    }

    [Theory]
    [InlineData(AsyncTarget.OneStepQ)]
    [InlineData(AsyncTarget.OneStepSarsa)]
    [InlineData(AsyncTarget.NStepQ)]
    public void Value_learners_take_the_targets_of_their_method(AsyncTarget method)
    {
        // Q(s, ·; θ⁻) of the states behind the steps, by a network of constants.
        var network = new Func<Model>(() =>
        {
            var constant = new Sequential(new Dense(2) { KernelInitializer = Initializer.Zeros, BiasInitializer = new Constant(2) });
            constant.BuildFor([4]);
            return constant;
        });
        var learner = new AsyncValueLearner(network, plane, method, 0.1, 1, 3, discount: 0.5);
        var bias = learner.Learn(Filled(terminated: true))[1].ToArray<float>();
        // Rewards 1, 2, 3, actions 0, 1, 0, values 2: one step 1 + ½·2, 2 + ½·2, 3; all steps 1 + ½(2 + ½·3), 2 + ½·3, 3.
        double[] targets = method == AsyncTarget.NStepQ ? [2.75, 3.5, 3] : [2, 3, 3];
        Assert.Equal(-(targets[0] - 2 + targets[2] - 2), bias[0], 1e-5);
        Assert.Equal(-(targets[1] - 2), bias[1], 1e-5);
    }

    [Fact]
    public void A_failure_on_a_thread_reaches_the_caller()
    {
        var trainer = new AsyncTrainer(
            i => i == 1 ? new Wrong() : new CartPole(),
            i => new ActorCriticLearner(Network(3), plane, i),
            new AsyncSettings { Actors = 2, Threads = 2, Steps = 10_000 },
            1);
        Assert.Throws<EnvironmentException>(() => trainer.Run());
    }

    sealed class Wrong() : RandomEnv(plane, new Discrete(2))
    {
        protected override void Begin() => throw new EnvironmentException("no");

        protected override StepResult Advance(AgentAction action) => default;

        public override Strata.Formats.Images.Image Render() => new Canvas(1, 1).ToImage();
    }
}
