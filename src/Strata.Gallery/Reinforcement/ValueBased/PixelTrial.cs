using Strata.Nn;
using Strata.Reinforcement;

namespace Strata.Gallery.Reinforcement.ValueBased;

/// <summary>Catch on 10×10 pixels as a trial of value-based agents: the drift of the ball shows only in two pictures.</summary>
internal sealed class PixelTrial(Run run)
{
    /// <summary>Steps of a training.</summary>
    public const long Steps = 100_000;

    /// <summary>How the agents are trained.</summary>
    public static DqnSettings Settings { get; } = new()
    {
        Steps = Steps,
        Stack = 2,
        Capacity = 50_000,
        WarmUp = 1000,
        RefreshEvery = 1000,
        Epsilon = new PolynomialDecay(1, 20_000, 0.05),
    };

    /// <summary>A training from the run's seeds, the same for all agents.</summary>
    public DqnTrainer Prepare(TargetRule rule, DqnSettings settings) => new(
        new Catch(),
        shape => new DqnAgent(
            () => QNetworks.Pixels(3, run.SeedFor("catch weights")), shape, DType.UInt8, new Adam(0.001), rule, run.SeedFor("catch exploration")),
        settings,
        run.SeedFor("catch episodes"));

    /// <summary>Trains and logs the course.</summary>
    public DqnTrainer Train(string title, TargetRule rule, DqnSettings settings)
    {
        var trainer = Prepare(rule, settings);
        while (trainer.Steps < settings.Steps)
        {
            trainer.Run(5000);
            run.Metric($"{title}/return of the last 500 episodes", trainer.Steps, trainer.MeanReturn(500));
        }

        run.Say($"{title}: the last 500 of {trainer.Episodes.Count:N0} episodes returned {trainer.MeanReturn(500):0.00}.");
        return trainer;
    }
}
