using System.Diagnostics;
using Strata.Nn;
using Strata.Reinforcement;

namespace Strata.Gallery.Reinforcement.Asynchronous;

/// <summary>One-step Q, one-step Sarsa and n-step Q by actors that learn at the same time, without replay.</summary>
public sealed class AsyncValueRecipe : Recipe
{
    const long Steps = 300_000;
    const int Actors = 16;

    /// <inheritdoc/>
    public override string Id => "async-value";

    /// <inheritdoc/>
    public override string Title => "Asynchronous Q-learning and Sarsa";

    /// <inheritdoc/>
    public override Source Source => new("Mnih et al.", 2016, "Asynchronous methods for deep reinforcement learning", "arXiv:1602.01783");

    /// <inheritdoc/>
    public override string Summary =>
        "Sixteen actors on threads change one set of weights without locks; that they see different things at the same time takes the place of replay. All three "
        + "value methods learn to catch a drifting ball.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets => [new("quick", "catch on 10×10 pixels, 300,000 steps for each method")];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        "Catch instead of Atari, a network of one hidden layer, target copies every 5,000 steps; the constants of RMSProp are fixed instead of drawn for each run.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) =>
    [
        new("one-step-q", "The mean return of the greedy policy after one-step Q (−1 … 1)", Bound.Min(0.6), new("before training", 1)),
        new("sarsa", "The same after one-step Sarsa", Bound.Min(0.5), new("before training", 0.9)),
        new("n-step-q", "The same after n-step Q", Bound.Min(0.6), new("before training", 1)),
    ];

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        var seed = run.SeedFor("weights");
        var untrained = AsyncCatch.Greedy(AsyncCatch.Network(3, seed), run.SeedFor("judgment"));
        foreach (var (claim, title, method) in ((string, string, AsyncTarget)[])
            [("one-step-q", "one-step Q", AsyncTarget.OneStepQ), ("sarsa", "one-step Sarsa", AsyncTarget.OneStepSarsa), ("n-step-q", "n-step Q", AsyncTarget.NStepQ)])
        {
            var trainer = Trainer(run.SeedFor, method, Math.Min(2, Environment.ProcessorCount));
            AsyncCatch.Train(run, title, trainer, Steps);
            var network = AsyncCatch.Network(3, seed);
            trainer.Parameters.CopyTo(network);
            run.Measure(claim, AsyncCatch.Greedy(network, run.SeedFor("judgment")), untrained);
            run.Save(network);
        }

        var (one, two) = (Speed(run, 1), Speed(run, 2));
        run.Say($"n-step Q makes {one:N0} steps a second on one thread and {two:N0} on two, {two / one:0.0} times as many.");
        run.Metric("steps per second/1 thread", 0, one);
        run.Metric("steps per second/2 threads", 0, two);
    }

    /// <summary>A training of actors on catch.</summary>
    internal static AsyncTrainer Trainer(Func<string, long> seeds, AsyncTarget method, int threads)
    {
        var random = new NumpyRandom(seeds("exploration"));
        return new AsyncTrainer(
            _ => AsyncCatch.Make(),
            i => new AsyncValueLearner(
                () => AsyncCatch.Network(3, seeds("weights")),
                AsyncCatch.Observed,
                method,
                new PolynomialDecay(1, 100_000, AsyncValueLearner.FinalEpsilon(random)),
                seeds($"actor {i}")),
            new AsyncSettings { Steps = Steps, Actors = Actors, Threads = threads, Rate = new PolynomialDecay(0.003, Steps, 0), Epsilon = 1e-3, RefreshEvery = 5000 },
            seeds("episodes"));
    }

    static double Speed(Run run, int threads)
    {
        var trainer = Trainer(run.SeedFor, AsyncTarget.NStepQ, threads);
        trainer.Run(2000);
        var clock = Stopwatch.StartNew();
        trainer.Run(12_000);
        return 10_000 / clock.Elapsed.TotalSeconds;
    }
}
