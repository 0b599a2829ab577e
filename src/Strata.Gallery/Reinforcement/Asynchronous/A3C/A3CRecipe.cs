using Strata.Memory;
using Strata.Nn;
using Strata.Reinforcement;

namespace Strata.Gallery.Reinforcement.Asynchronous;

/// <summary>Asynchronous advantage actor-critic, with discrete and continuous actions.</summary>
public sealed class A3CRecipe : Recipe
{
    const long CatchSteps = 600_000, MazeSteps = 200_000, PointSteps = 300_000;
    const int Actors = 16;

    static readonly int threads = Math.Min(2, Environment.ProcessorCount);

    /// <inheritdoc/>
    public override string Id => "a3c";

    /// <inheritdoc/>
    public override string Title => "A3C";

    /// <inheritdoc/>
    public override Source Source => new("Mnih et al.", 2016, "Asynchronous methods for deep reinforcement learning", "arXiv:1602.01783");

    /// <inheritdoc/>
    public override string Summary =>
        "Actors on threads learn a policy and its value from five steps at a time and change one set of weights without locks: a drifting ball is caught, a pole balanced, a "
        + "cue remembered, and a point in the plane brought to rest by continuous forces.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets => [new("quick", "catch on 10×10 pixels, CartPole-v1, a T-maze, and a point mass")];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        "Small games instead of Atari and MuJoCo, networks of one or two hidden layers, and constants of RMSProp that are fixed instead of drawn for each run.",
        "Catch: segments of nine steps, a whole episode, because the only reward stands at its end.",
        "CartPole-v1: eight actors and 32 steps at a time; the episodes are long and all rewards alike.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) =>
    [
        new("catch", "The mean return of the greedy policy on catch (−1 … 1)", Bound.Min(0.6), new("before training", 1)),
        new("cart-pole", "The mean return over 100 episodes of CartPole-v1 (solved: 475)", Bound.Min(CartPoleTrial.Solved), new("random play", 400)),
        new("memory", "The mean return of the last 500 episodes of a T-maze of 8 cells, whose cue must be remembered (−1 … 1)", Bound.Min(0.7), new("without a memory", 0.5)),
        new("point", "The mean distance of the point at the end of an episode", Bound.Max(0.2), new("before training", 0.3)),
    ];

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        Catch(run);
        CartPole(run);
        Maze(run);
        Point(run);
    }

    static void Catch(Run run)
    {
        var trainer = CatchTrainer(run.SeedFor, threads);
        var untrained = AsyncCatch.Greedy(AsyncCatch.Network(4, run.SeedFor("weights")), run.SeedFor("judgment"));
        AsyncCatch.Train(run, "A3C on catch", trainer, CatchSteps);
        var network = AsyncCatch.Network(4, run.SeedFor("weights"));
        trainer.Parameters.CopyTo(network);
        run.Measure("catch", AsyncCatch.Greedy(network, run.SeedFor("judgment")), untrained);
    }

    /// <summary>A training of actors on catch.</summary>
    internal static AsyncTrainer CatchTrainer(Func<string, long> seeds, int threads) => new(
        _ => AsyncCatch.Make(),
        i => new ActorCriticLearner(AsyncCatch.Network(4, seeds("weights")), AsyncCatch.Observed, seeds($"actor {i}"), length: 9, entropy: 0.05),
        new AsyncSettings { Steps = CatchSteps, Actors = Actors, Threads = threads, Rate = new PolynomialDecay(0.002, CatchSteps, 0), Epsilon = 1e-3 },
        seeds("episodes"));

    static void CartPole(Run run)
    {
        var trial = new CartPoleTrial(run.SeedFor("cart-pole judgment"), run);
        var learner = CartPoleLearner(run.SeedFor);
        var mean = trial.Train(learner);
        trial.Show("CartPole-v1 after training, every fourth frame", learner.Policy);
        run.Save(learner.Network);
        run.Measure("cart-pole", mean, trial.JudgeRandomPlay());
    }

    /// <summary>An untrained agent for CartPole-v1.</summary>
    internal static CartPoleLearner CartPoleLearner(Func<string, long> seeds)
    {
        const int Stretch = 20_000, Stretches = 40;
        var settings = new AsyncSettings
        {
            Steps = Stretch * Stretches,
            Actors = 8,
            Threads = 1,
            Rate = new PolynomialDecay(0.003, Stretch * Stretches, 0),
            Epsilon = 1e-3,
            Clip = 5,
            ClipsRewards = false,
        };
        var trainer = new AsyncTrainer(
            _ => CartPoleTrial.Make(),
            i => new ActorCriticLearner(Network(), CartPoleTrial.Observed, seeds($"cart-pole actor {i}"), length: 32, valueWeight: 0.25),
            settings,
            seeds("cart-pole episodes"));
        var judged = Network();
        return new CartPoleLearner("A3C", judged, Train, Stretches);

        long Train()
        {
            trainer.Run(trainer.Steps + Stretch);
            trainer.Parameters.CopyTo(judged);
            return trainer.Steps;
        }

        Sequential Network()
        {
            var made = QNetworks.Perceptron(3, seeds("cart-pole weights"), Activation.Tanh, 64, 64);
            made.BuildFor([4]);
            return made;
        }
    }

    static void Maze(Run run)
    {
        const int Units = 32, Length = 20;
        var space = new TMaze(8).ObservationSpace;
        var remembers = Train("A3C with LSTM", i => new RecurrentActorCriticLearner(
            new LstmActorCritic(32, Units, 3, space.Shape, run.SeedFor("maze weights")), space, Units, run.SeedFor($"maze actor {i}"), Length));
        var forgets = Train("A3C without memory", i =>
        {
            var network = QNetworks.Perceptron(4, run.SeedFor("maze weights"), Activation.Relu, 32, Units);
            network.BuildFor(space.Shape);
            return new ActorCriticLearner(network, space, run.SeedFor($"maze actor {i}"), Length);
        });
        run.Measure("memory", remembers, forgets);

        double Train(string title, Func<int, IAsyncLearner> learner)
        {
            var settings = new AsyncSettings { Steps = MazeSteps, Actors = Actors, Threads = threads, Rate = new PolynomialDecay(0.003, MazeSteps, 0), Epsilon = 1e-3, Clip = 5 };
            var trainer = new AsyncTrainer(_ => Environments.Make("TMaze-v0"), learner, settings, run.SeedFor("maze episodes"));
            for (var k = 1; k <= 10; k++)
            {
                trainer.Run(MazeSteps * k / 10);
                run.Metric($"{title}/return in the T-maze", trainer.Steps, trainer.MeanReturn(500));
            }

            return trainer.MeanReturn(500);
        }
    }

    static void Point(Run run)
    {
        const int Size = 2;
        var network = Network();
        var untrained = Distance(network);
        var space = new PointMass().ObservationSpace;
        var settings = new AsyncSettings
        {
            Steps = PointSteps,
            Actors = Actors,
            Threads = threads,
            Rate = new PolynomialDecay(0.002, PointSteps, 0),
            Epsilon = 1e-3,
            Clip = 5,
        };
        var trainer = new AsyncTrainer(
            _ => Environments.Make("PointMass-v0"),
            i => new ContinuousActorCriticLearner(Network(), space, Size, run.SeedFor($"point actor {i}"), length: 20, discount: 0.97),
            settings,
            run.SeedFor("point episodes"));
        for (var k = 1; k <= 10; k++)
        {
            trainer.Run(PointSteps * k / 10);
            run.Metric("A3C on the point mass/return", trainer.Steps, trainer.MeanReturn());
        }

        trainer.Parameters.CopyTo(network);
        run.Measure("point", Distance(network), untrained);

        // Policy and value have networks of their own, whose outputs are put together.
        PolicyAndValue Network()
        {
            var made = new PolicyAndValue(QNetworks.Perceptron(2 * Size, run.SeedFor("point policy"), Activation.Tanh, 64), QNetworks.Perceptron(1, run.SeedFor("point value"), Activation.Tanh, 64));
            made.BuildFor([4]);
            return made;
        }

        // With the means of the policy, over 50 episodes.
        double Distance(Model model)
        {
            using var env = new TimeLimit(new PointMass(), 100);
            var sum = 0.0;
            for (var e = 0; e < 50; e++)
            {
                env.Reset(e == 0 ? run.SeedFor("point judgment") : null);
                while (true)
                {
                    using var scope = new TensorScope();
                    var output = model.Apply(env.ToTensor());
                    if (env.Step(output.AsSpan<float>()[..Size]).Done) break;
                }

                sum += ((PointMass)env.Inner).Distance / 50;
            }

            return sum;
        }
    }
}
